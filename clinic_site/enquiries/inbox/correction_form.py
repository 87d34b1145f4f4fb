"""The form with which staff put an enquiry right: the patient's own form without what belongs to sending it."""

from dataclasses import replace

from django import forms
from django.http import QueryDict

from clinic_site.enquiries.form_values import Answers, Prefers
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
        cleaned_data = self.cleaned_data
        number = cleaned_data.get("phone_number")
        now = before or Answers(name=cleaned_data["name"])
        phone, extension = (number.number, number.extension) if number else ("", "")
        is_same = (phone, extension) == (now.phone, now.phone_extension)
        return replace(
            now,
            kind=self.wants.value,
            phone=phone,
            phone_extension=extension,
            phone_typed=now.phone_typed if is_same else cleaned_data["phone"],
            prefers=cleaned_data["prefers"] or Prefers.EITHER.value,
            is_returning={"yes": True, "no": False}.get(cleaned_data["is_returning"]),
            **{
                name: cleaned_data[name]
                for name in (
                    *("name", "email", "areas", "days", "times", "payer", "message"),
                    *("for_whom", "language", "wanted_person", "wanted_place"),
                )
            },
        )
