"""Closed days as staff put them up: one day is enough."""

from typing import Any

from clinic_site.clinic.forms.fields import DayInput
from clinic_site.clinic.models import Closure
from clinic_site.published.words import PublishedWords


class ClosureForm(PublishedWords):
    """From one day to another; without a second day it is one day. Every page says why."""

    published = ("reason",)

    class Meta:
        model = Closure
        fields = ("location", "starts_on", "ends_on", "reason")
        widgets = {"starts_on": DayInput(), "ends_on": DayInput()}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        last = self.fields["ends_on"]
        last.required = False
        last.help_text = "The last day closed. Leave it empty for one day."

    def clean_ends_on(self) -> Any:
        return self.cleaned_data["ends_on"] or self.cleaned_data.get("starts_on")
