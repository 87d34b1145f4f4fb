"""What the clinic's own tables take from staff."""

from collections import defaultdict
from datetime import time
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet

from clinic_site.clinic.file_schema import WEEKDAYS, first_overlap
from clinic_site.clinic.models import Clinic, Hours, Location
from clinic_site.clinic.phone_numbers import NotAPhoneNumber, read_clinic_phone, tidy_phone


class ClinicForm(forms.ModelForm[Clinic]):
    """Name, phone and e-mail."""

    class Meta:
        model = Clinic
        fields = ("name", "phone", "email")
        labels = {"email": "E-mail"}
        help_texts = {
            "name": "As it stands on every page.",
            "email": "Patients see it, and new enquiries are told to it.",
        }

    def clean_phone(self) -> str:
        """As typed, once it can be dialled."""
        phone = tidy_phone(self.cleaned_data["phone"])
        try:
            read_clinic_phone(phone)
        except NotAPhoneNumber as fault:
            words = str(fault)
            raise forms.ValidationError(f"{words[:1].upper()}{words[1:]}.") from None
        return phone


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


class LocationForm(forms.ModelForm[Location]):
    """An address; a point on the map has both its numbers."""

    class Meta:
        model = Location
        fields = (
            "name",
            "street",
            "city",
            "province",
            "postal_code",
            "note",
            "latitude",
            "longitude",
            "position",
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        latitude, longitude = said.get("latitude"), said.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("longitude", "Give both latitude and longitude, or neither.")
        if latitude is not None and not -90 <= latitude <= 90:
            self.add_error("latitude", "A latitude is between -90 and 90.")
        if longitude is not None and not -180 <= longitude <= 180:
            self.add_error("longitude", "A longitude is between -180 and 180.")
        return said
