"""The form fields that patients type into: past the gate for typed text, then made tidy."""

import re
import unicodedata

from django import forms

from clinic_site.typed_fields import TypedText
from clinic_site.typed_text import UNREADABLE, normalised, without_directions

_SPACES = re.compile(r"[^\S\n]+")


class Answer(TypedText):
    """Several lines with composed signs, none empty at the ends, nothing that turns them around."""

    def tidy(self, text: str) -> str:
        return normalised("NFC", without_directions(text)).strip()


class Line(Answer):
    """One line with single spaces. A line end within it stays, for the form to say that it is one line."""

    def tidy(self, text: str) -> str:
        return _SPACES.sub(" ", super().tidy(text))


class Contact(Answer):
    """A phone number or an e-mail address: no sign in it that nobody sees."""

    def tidy(self, text: str) -> str:
        seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        return " ".join(super().tidy(seen).split())


class Email(Contact):
    """An address without what slips in when it is typed on a phone or copied: spaces, brackets, a full stop."""

    def tidy(self, text: str) -> str:
        address = "".join(super().tidy(text).split()).strip("<>.,;")
        local, at, domain = address.removeprefix("mailto:").rpartition("@")
        return f"{local}{at}{domain.lower()}"


class Choices(forms.MultipleChoiceField):
    """Several answers as chips."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": "Choose from the list"}


def is_unreadable(text: str) -> bool:
    """Whether a sign in it is none: the text came in damaged."""
    return UNREADABLE in text
