"""The form with which staff take down an enquiry while the patient is on the phone."""

from typing import Any

from django import forms

from clinic_site.enquiries.inbox.staff_form import StaffForm


class TakingForm(StaffForm):
    """With consent given aloud, and whether a confirmation is wanted by mail."""

    wants_mail = forms.BooleanField(label="They want the confirmation by email", required=False)

    def clean_consent(self) -> bool:
        """Given aloud."""
        if not self.cleaned_data["consent"]:
            raise forms.ValidationError(
                "Read it to them, and tick the box once they agree. Without it we may not keep their answers"
            )
        return True

    def clean(self) -> dict[str, Any]:
        """A confirmation by mail needs an address."""
        cleaned_data = super().clean()
        if cleaned_data.get("wants_mail") and cleaned_data.get("email") == "":
            self.add_error("email", "Enter their email address, or send no confirmation")
        return cleaned_data
