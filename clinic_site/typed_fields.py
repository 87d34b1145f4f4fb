"""Form fields whose text passes the gate of typed_text before anything else looks at it."""

from typing import Any

from django import forms
from django.db import models

from clinic_site.typed_text import TooLong, read_typed, shows_something

LONGEST = 60_000  # where neither the field nor its column says how much it holds


class TypedText(forms.CharField):
    """Several lines with LF ends. `longest`: characters, where `max_length` is not to stand in the HTML."""

    default_error_messages = {
        "too_long": "Shorten this to %(longest)s characters or fewer. It has %(length)s now.",
        "unseen": "Nothing can be read here: write some words.",
    }

    def __init__(self, *, longest: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest or self.max_length or LONGEST

    def to_python(self, value: Any) -> str:
        """The text that passed; ValidationError says how long it is where that is far too long."""
        if value in self.empty_values:
            return str(self.empty_value)
        try:
            passed = self.tidy(read_typed(str(value), longest=self.longest))
        except TooLong as error:
            raise self.too_long(error.length) from None
        return str(super().to_python(passed))

    def tidy(self, text: str) -> str:
        """What else is made of the text; nothing here."""
        return text

    def validate(self, value: Any) -> None:
        """Also where no column would refuse it: a file could not say it."""
        super().validate(value)
        if isinstance(value, str) and value.strip() and not shows_something(value):
            raise forms.ValidationError(self.error_messages["unseen"], code="unseen")
        if self.max_length is None and len(value) > self.longest:
            raise self.too_long(len(value))

    def too_long(self, length: int) -> forms.ValidationError:
        """What is said of a text of that many characters."""
        sizes = {"length": f"{length:,}", "longest": f"{self.longest:,}"}
        return forms.ValidationError(self.error_messages["too_long"], code="too_long", params=sizes)


class TypedLine(TypedText):
    """One line: what stood on several is joined by spaces."""

    def tidy(self, text: str) -> str:
        return " ".join(text.split("\n")) if "\n" in text else text


class LinesField(TypedText):
    """A list of short texts, one a line; what stands twice counts once, and a line that shows nothing not at all.

    `longest_line`: characters of one of them; 0 where it does not matter.
    """

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, longest_line: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.longest_line = longest_line

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in super().to_python(value).split("\n")]
        if self.longest_line and (longest := max(map(len, lines))) > self.longest_line:
            raise forms.ValidationError(
                f"Shorten each line to {self.longest_line} characters or fewer. One has {longest:,} now."
            )
        return list(dict.fromkeys(line for line in lines if shows_something(line)))


# For the stock admin: ModelAdmin.formfield_overrides
TYPED_COLUMNS: dict[Any, dict[str, Any]] = {
    models.CharField: {"form_class": TypedLine},
    models.TextField: {"form_class": TypedText},
    models.EmailField: {"form_class": forms.EmailField},
    models.SlugField: {"form_class": forms.SlugField},
    models.URLField: {"form_class": forms.URLField},
}
