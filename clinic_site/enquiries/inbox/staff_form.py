"""The patient's form in the hands of staff: short labels, nothing that the browser fills in from the last person."""

from collections.abc import Iterable
from typing import Any

from django.forms import RadioSelect, Select

from clinic_site.clinic.models import Location, Practitioner
from clinic_site.enquiries.form_values import Kind
from clinic_site.enquiries.labels import LABELS
from clinic_site.enquiries.public_form.form import EnquiryForm

ASKED = (
    "kind",
    "name",
    "phone",
    "email",
    "prefers",
    "for_whom",
    "language",
    "wanted_person",
    "wanted_place",
    "areas",
    "message",
    "is_returning",
    "days",
    "times",
    "payer",
)
YES_NO_UNKNOWN = [("", "Not said"), ("yes", "Yes"), ("no", "No, first visit")]


class StaffForm(EnquiryForm):
    """The same checks as the patient's form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
        self.fields["kind"].widget = RadioSelect(choices=Kind.choices)
        self.fields["is_returning"].choices = YES_NO_UNKNOWN  # type: ignore[attr-defined]  # set by ChoiceField
        self._offer("wanted_person", Practitioner.objects.values_list("name", flat=True))
        self._offer("wanted_place", Location.objects.values_list("name", flat=True))
        for name in ASKED:
            self.fields[name].label = LABELS[name]
            self.fields[name].help_text = ""

    def _offer(self, name: str, known: Iterable[str]) -> None:
        """Those names to choose from, and what was said before, whoever has left since."""
        names = dict.fromkeys(filter(None, [*known, self[name].value()]))
        self.fields[name].widget = Select(
            choices=[("", "Not said"), *((one, one) for one in names)]
        )

    def asked(self) -> list[Any]:
        """What is asked of the patient, field by field in the order of the page."""
        return [self[name] for name in ASKED]
