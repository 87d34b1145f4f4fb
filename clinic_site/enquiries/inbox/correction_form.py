"""The form with which staff put an enquiry right: the patient's own form without what belongs to sending it."""

from dataclasses import replace

from django import forms
from django.http import QueryDict

from clinic_site.enquiries.form_values import Answers
from clinic_site.enquiries.inbox.staff_form import StaffForm
from clinic_site.enquiries.labels import answer_words
from clinic_site.enquiries.models import Enquiry


class CorrectingForm(StaffForm):
    """With the version that was looked at."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    consent = None  # type: ignore[assignment]  # how Django takes a field out of a form
    about = None  # type: ignore[assignment]  # as above
    keep_number = None  # type: ignore[assignment]  # as above
    email_choice = None  # type: ignore[assignment]  # as above

    @classmethod
    def of(cls, enquiry: Enquiry) -> "CorrectingForm":
        """The form with the answers as they are now."""
        now = enquiry.latest_answers()
        returning = {True: "yes", False: "no", None: ""}[now.is_returning]
        initial = now.as_fields() | {"is_returning": returning, "phone": answer_words(now)["phone"]}
        return cls(initial=initial | {"version": enquiry.version})

    @classmethod
    def again(cls, data: QueryDict, version: int) -> "CorrectingForm":
        """The same words, to be sent again on top of that version."""
        same = data.copy()
        same["version"] = str(version)
        return cls(same)

    def answers(self, before: Answers | None = None) -> Answers:
        """What it is to say from now on; what a person cannot correct stays as it was `before`."""
        now, was = super().answers(), before or Answers(name="")
        is_same = (now.phone, now.phone_extension) == (was.phone, was.phone_extension)
        typed = was.phone_typed if is_same else now.phone_typed
        return replace(now, about=was.about, phone_typed=typed)
