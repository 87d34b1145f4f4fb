"""What the clinic's own tables take from staff."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet

from clinic_site.clinic.file_entries.checks import slug_of
from clinic_site.clinic.forms.fields import ClockField, PhoneField, PictureField
from clinic_site.clinic.hours_text import WEEKDAYS, first_overlap
from clinic_site.clinic.models import Clinic, Hours, Location, Practitioner, Price
from clinic_site.clinic.people_models import LONGEST_LINE, LONGEST_SLUG, SLUG
from clinic_site.clinic.picture_places import PICTURE_PLACES
from clinic_site.published.words import PublishedWords
from clinic_site.typed_fields import LinesField, TypedLine

PICTURE = "picture_"


class ClinicForm(PublishedWords):
    """Name, phone, e-mail, and the pictures that pages have a place for."""

    published = ("name",)

    phone = PhoneField(help_text="As patients read it: 604-555-0123, or 604-555-0123 ext. 5.")
    picture_entrance = PictureField(label=PICTURE_PLACES["entrance"])
    picture_room = PictureField(label=PICTURE_PLACES["room"])
    picture_table = PictureField(label=PICTURE_PLACES["table"])
    picture_needle = PictureField(label=PICTURE_PLACES["needle"])

    class Meta:
        model = Clinic
        fields = ("name", "phone", "email")
        labels = {"email": "E-mail"}
        help_texts = {
            "name": "As it stands on every page.",
            "email": "Patients see it, and new enquiries are told to it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, source in self.instance.pictures.items():
            self.initial[f"{PICTURE}{key}"] = source

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        chosen = {key: said.get(f"{PICTURE}{key}", "") for key in PICTURE_PLACES}
        self.instance.pictures = {key: source for key, source in chosen.items() if source}
        return said


class HoursForm(forms.ModelForm[Hours]):
    """One stretch of a day, its times as people write them."""

    opens = ClockField()
    closes = ClockField()

    class Meta:
        model = Hours
        fields = ("weekday", "opens", "closes")


class HoursFormSet(BaseInlineFormSet[Hours, Location, forms.ModelForm[Hours]]):
    """The week of a location: no two stretches of a day share any time."""

    def clean(self) -> None:
        super().clean()
        week: dict[int, list[tuple[time, time]]] = defaultdict(list)
        for form in self.forms:
            said = getattr(form, "cleaned_data", {})
            if {"weekday", "opens", "closes"} <= said.keys() and not said.get("DELETE"):
                week[said["weekday"]].append((said["opens"], said["closes"]))
        for weekday, spans in sorted(week.items()):
            if found := first_overlap(spans):
                first, second = (f"{opens:%H:%M} to {closes:%H:%M}" for opens, closes in found)
                raise forms.ValidationError(
                    f"{WEEKDAYS[weekday].capitalize()}: {first} and {second} overlap. Put the times"
                    " right, or delete one of the two rows."
                )


class EndOfAddress(TypedLine):
    """The end of an address; left empty, it is made from the name."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": "End of the address",
            "required": False,
            "max_length": LONGEST_SLUG,
            "validators": [SLUG],
            "help_text": "Left empty, it is made from the name. Links keep it, so change it seldom.",
        }
        super().__init__(**usual | options)


def free_slug(wanted: str, *, row: Location | Practitioner, name: str, otherwise: str) -> str:
    """What was wanted; else what the row has; else one made from the name that no other row has."""
    if wanted or row.slug:
        return wanted or row.slug
    rows = Location.objects.all() if isinstance(row, Location) else Practitioner.objects.all()
    taken = set(rows.values_list("slug", flat=True))
    return next(one for one in _numbered(slug_of({"name": name}, otherwise)) if one not in taken)


def _numbered(first: str) -> Iterable[str]:
    yield first
    for number in range(2, 10_000):
        yield f"{first[: LONGEST_SLUG - 5]}-{number}"


class LocationForm(PublishedWords):
    """An address, how to find it and get in; a point on the map has both its numbers."""

    published = ("name", "note", "directions", "parking", "step_free")

    phone = PhoneField(
        required=False, help_text="Only where it differs from the clinic's: 604-555-0123."
    )
    slug = EndOfAddress()
    country = TypedLine(
        required=False, max_length=2, initial="CA", help_text="Its two letters: CA."
    )
    languages = LinesField(
        label="Languages at the desk",
        required=False,
        help_text="One a line.",
        longest=1_000,
        longest_line=LONGEST_LINE,
    )
    sketch = PictureField(
        label="Sketch of the way",
        help_text="A drawn map from the image library. Its description says the way in words.",
    )

    class Meta:
        model = Location
        fields = (
            *("name", "slug", "street", "city", "province", "postal_code", "country"),
            *("phone", "email", "directions", "parking", "step_free", "languages", "sketch"),
            *("note", "latitude", "longitude", "position"),
        )
        labels = {"email": "E-mail"}
        help_texts = {
            "email": "Only where this place reads its own: enquiries for it are told to it.",
            "directions": "From the bus stop or the street to the door.",
            "parking": "Where, for how long, what it costs.",
            "step_free": "Steps, doors, the lift: what somebody with a wheelchair or pram meets.",
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        latitude, longitude = said.get("latitude"), said.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("longitude", "Give both latitude and longitude, or neither.")
        if latitude is not None and not -90 <= latitude <= 90:
            self.add_error("latitude", "A latitude is between -90 and 90.")
        if longitude is not None and not -180 <= longitude <= 180:
            self.add_error("longitude", "A longitude is between -180 and 180.")
        if "slug" in said and said.get("name"):
            said["slug"] = free_slug(
                said["slug"], row=self.instance, name=said["name"], otherwise="place"
            )
        country = said.get("country") or "CA"
        said["country"] = country.upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            self.add_error("country", "Write the two letters of the country, such as CA.")
        return said


class PriceForm(PublishedWords):
    """A row of the table of prices."""

    published = ("visit", "included")

    class Meta:
        model = Price
        fields = ("visit", "minutes", "amount", "included", "position")
        help_texts = {
            "amount": "With all taxes: 120 or 95.50.",
            "included": "A few words: assessment and treatment.",
            "position": "Smaller numbers come first.",
        }
