"""What the clinic's own tables take from staff."""

from typing import Any

from django import forms

from clinic_site.clinic.models import Clinic, Location

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
