"""The patient's form in the hands of staff: short labels, nothing that the browser fills in from the last person."""

from typing import Any

from django.forms import RadioSelect

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
        for name in ASKED:
            self.fields[name].label = LABELS[name]
            self.fields[name].help_text = ""

    def asked(self) -> list[Any]:
        """What is asked of the patient, field by field in the order of the page."""
        return [self[name] for name in ASKED]
