"""The kinds of value that the clinic's forms share: a phone number, a time of day, a picture of the library."""

from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

from django import forms

from clinic_site.clinic.hours_text import NotHours, read_time
from clinic_site.clinic.phone_numbers import LONGEST, NotAPhoneNumber, read_clinic_phone, tidy_phone
from clinic_site.typed_fields import TypedLine

Choice = tuple[str, str]
_libraries: list[Callable[[], Sequence[Choice]]] = []


def offer_pictures(library: Callable[[], Sequence[Choice]]) -> Callable[[], Sequence[Choice]]:
    """The room that knows the pictures says which there are, as (image:12, what it shows)."""
    _libraries.append(library)
    return library


def pictures() -> list[Choice]:
    """Every picture that may be chosen, after none."""
    return [("", "No picture"), *(one for library in _libraries for one in library())]


class DayInput(forms.DateInput):
    """A day from the phone's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PhoneField(TypedLine):
    """A number that patients call: as typed, once it can be dialled."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST} | options)

    def clean(self, value: Any) -> str:
        phone = tidy_phone(super().clean(value))
        if not phone:
            return ""
        try:
            read_clinic_phone(phone)
        except NotAPhoneNumber as fault:
            raise forms.ValidationError(sentence(str(fault))) from None
        return phone


class ClockField(forms.TimeField):
    """A time of day as people write it: 09:00, 9am, noon."""

    widget = forms.TimeInput(format="%H:%M")

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        try:
            return read_time(str(value))
        except NotHours as fault:
            raise forms.ValidationError(sentence(str(fault))) from None


class PictureField(forms.ChoiceField):
    """A picture of the library, by the source that texts name it by: image:12."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=pictures, **{"required": False} | options)


def sentence(words: str) -> str:
    """The words with a capital letter and a full stop."""
    return f"{words[:1].upper()}{words[1:]}."
