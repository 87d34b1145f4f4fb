"""Closed days as staff put them up: one day is enough."""

from typing import Any

from django import forms

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

    def clean(self) -> dict[str, Any]:
        """Patients are told once that a day is closed: by the whole clinic's closures, or by one of a place."""
        said = super().clean()
        first, last = said.get("starts_on"), said.get("ends_on")
        if not (first and last):
            return said
        others = Closure.objects.filter(
            location=said.get("location"), starts_on__lte=last, ends_on__gte=first
        ).exclude(starts_on=first, ends_on=last)  # the database tells of these
        if other := others.exclude(pk=self.instance.pk).first():
            raise forms.ValidationError(
                f"“{other.reason}” closes some of these days already, {other.starts_on} to"
                f" {other.ends_on}: change that closure instead, or choose other days."
            )
        return said
