"""What the clinic's own tables take from staff."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string

from clinic_site.clinic.models import Clinic, Location, Practitioner
from clinic_site.markup import parse

DIGITS = (10, 11)


class ClinicForm(forms.ModelForm):
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
        phone: str = self.cleaned_data["phone"].strip()
        digits = sum(sign.isdigit() for sign in phone)
        if digits not in DIGITS or not set(phone) <= set("0123456789 -+().") or not phone.isascii():
            raise forms.ValidationError("Write all ten digits: 604-555-0123.")
        return phone


class LocationForm(forms.ModelForm):
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


class PractitionerForm(forms.ModelForm):
    """A person, with their entry in the regulator's register."""

    registration_url = forms.URLField(
        label="Link to the register",
        assume_scheme="https",
        help_text="Their entry in the regulator's public register.",
    )

    class Meta:
        model = Practitioner
        fields = (
            "name",
            "title",
            "registration_url",
            "needling_authorised_on",
            "about",
            "position",
        )
        help_texts = {
            "needling_authorised_on": "Since when they may needle. Leave it out if they do not.",
            "about": "A few plain sentences, in Markdown. A picture is ![who it shows](image:12).",
            "position": "Smaller numbers come first.",
        }

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        return _fit(title)

    def clean_about(self) -> str:
        about: str = self.cleaned_data["about"].replace("\r\n", "\n").strip()
        document = parse(about)
        faults = [f"Line {fault.line}: {fault.message}" for fault in document.problems]
        if document.sections:
            faults.append("Leave headings out: the name is the heading of this text.")
        if faults:
            raise forms.ValidationError(faults)
        return _fit(about)

    def clean_registration_url(self) -> str:
        url: str = self.cleaned_data["registration_url"]
        if not url.startswith("https://"):
            raise forms.ValidationError("Write the whole address, from https:// on.")
        return url


def _fit(text: str) -> str:
    """The text, unless what keeps words from going live on a page keeps these too."""
    if faults := import_string(settings.TEXT_FAULTS)(text):
        raise forms.ValidationError(faults)
    return text
