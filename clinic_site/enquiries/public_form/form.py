"""The form, checked on the server: what is wrong comes back as what to do, and everything typed stays."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from clinic_site.enquiries.form_values import Answers, Kind, Prefers
from clinic_site.enquiries.public_form.answer_fields import is_unreadable
from clinic_site.enquiries.public_form.asked_fields import (
    CHECK_EMAIL,
    CHECK_PHONE,
    EMAIL_LENGTH,
    AskedFields,
)
from clinic_site.enquiries.public_form.email_suggestions import (
    ALSO_REAL,
    PROVIDERS,
    likely_address,
)
from clinic_site.enquiries.public_form.phone_numbers import NotAPhoneNumber, read_phone
from clinic_site.enquiries.public_form.private_numbers import private_number_in

PATH, PATH_LENGTH = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*"), 200
# What is folded away until somebody wants to add more
MORE = {
    Kind.VISIT: "areas message for_whom language prefers days times is_returning payer".split(),
    Kind.QUESTION: ["for_whom", "language", "prefers"],
}
QUESTION_HINT = (
    "Leave out your birth date and health card number. We cannot examine you in writing."
)


def _one_line(text: str) -> str:
    """The text; "" for what no list of names has in it."""
    return "" if "\n" in text or is_unreadable(text) else text


def path_of_ours(text: str) -> str:
    """The text, if it can be the path of a page; else ""."""
    return text if len(text) <= PATH_LENGTH and PATH.fullmatch(text) else ""


class EnquiryForm(AskedFields):
    """Ask for a visit, or a question. `is_ready` once it can be kept; `answers()` gives what to keep."""

    use_required_attribute = False
    number_kind = ""  # what a number in the free text looks like
    email_typed = ""  # an address that is one
    email_likely = ""  # the one that was probably meant
    providers, real_domains = " ".join(PROVIDERS), " ".join(ALSO_REAL)  # for the script
    _email_is_settled = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_question:
            message = self.fields["message"]
            message.label, message.help_text = "Your question", QUESTION_HINT
            self.order_fields(["message"])

    @property
    def wants(self) -> Kind:
        """What is asked for."""
        return Kind.QUESTION if self["kind"].value() == Kind.QUESTION else Kind.VISIT

    @property
    def is_question(self) -> bool:
        """Whether an answer is wanted and no visit."""
        return self.wants == Kind.QUESTION

    @property
    def came_from(self) -> str:
        """The path of the page that it came from; "" where it names none."""
        return path_of_ours(self["about"].value() or "")

    @property
    def has_more(self) -> bool:
        """Whether something stands in the part that is folded away, or is wrong there."""
        if not self.is_bound:
            return False
        names = MORE[self.wants]
        told = any(self[name].value() not in ("", None, [], Prefers.EITHER) for name in names)
        return told or bool(self.number_kind) or any(name in self.errors for name in names)

    def clean_name(self) -> str:
        """A name of any script."""
        name: str = self.cleaned_data["name"]
        if not name:
            raise forms.ValidationError("Enter your name")
        if "\n" in name or is_unreadable(name) or not any(sign.isalnum() for sign in name):
            raise forms.ValidationError("Type your name again, in letters on one line")
        return name

    def clean_phone(self) -> str:
        """As typed, once it can be dialled; the number itself goes into `phone_number`."""
        typed: str = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            self.cleaned_data["phone_number"] = read_phone(typed)
        except NotAPhoneNumber:
            raise forms.ValidationError(CHECK_PHONE) from None
        return typed

    def clean_email(self) -> str:
        """An address as it was typed, or as it was offered and taken."""
        typed: str = self.cleaned_data["email"]
        if not typed:
            return ""
        try:
            address: str = forms.EmailField(max_length=EMAIL_LENGTH).clean(typed)
        except forms.ValidationError:
            raise forms.ValidationError(CHECK_EMAIL) from None
        self.email_typed, self.email_likely = address, likely_address(address)
        choice = self.data.get("email_choice")
        if self.email_likely and choice == self.email_likely:
            return self._take_likely()
        self._email_is_settled = choice == address
        return address

    def clean_message(self) -> str:
        """Up to 500 characters of plain text; a question has some."""
        message: str = self.cleaned_data["message"]
        if self.is_question and not message:
            raise forms.ValidationError("Write your question")
        if is_unreadable(message):
            raise forms.ValidationError(
                "Take this sign out of your message, or write it again: \ufffd"
            )
        return message

    def clean_language(self) -> str:
        """The name of a language, in any script."""
        language: str = self.cleaned_data["language"]
        is_word = any(sign.isalpha() for sign in language) or not language
        if "\n" in language or is_unreadable(language) or not is_word:
            raise forms.ValidationError("Write the language in a word, such as Punjabi")
        return language

    def clean_wanted_person(self) -> str:
        """A name as it was offered; of a person who has left meanwhile too."""
        return _one_line(self.cleaned_data["wanted_person"])

    def clean_wanted_place(self) -> str:
        """A name as it was offered."""
        return _one_line(self.cleaned_data["wanted_place"])

    def clean_about(self) -> str:
        """The path of a page of this site; anything else is left out."""
        return path_of_ours(self.cleaned_data["about"])

    def clean_consent(self) -> bool:
        """Express consent."""
        if not self.cleaned_data["consent"]:
            raise forms.ValidationError("Tick the box, so that we may use your answers to reply")
        return True

    def clean(self) -> dict[str, Any]:
        """What only several fields together can tell."""
        cleaned_data = super().clean() or self.cleaned_data
        phone, email, prefers = (cleaned_data.get(name) for name in ("phone", "email", "prefers"))
        if phone == "" and email == "":
            self.add_error("phone", "Enter a phone number or an email address")
        elif phone == "" and prefers == Prefers.PHONE:
            self.add_error("phone", "Enter a phone number, or choose email below")
        elif email == "" and prefers == Prefers.EMAIL:
            self.add_error("email", "Enter an email address, or choose phone below")
        self.number_kind = private_number_in(
            f"{cleaned_data.get('name')}\n{cleaned_data.get('message')}"
        )
        return cleaned_data

    @property
    def needs_number_look(self) -> bool:
        """Whether a number in the text should be taken out, or said to stay."""
        return bool(self.number_kind) and not self.cleaned_data.get("keep_number")

    @property
    def needs_email_look(self) -> bool:
        """Whether another address is offered for the first time."""
        return bool(self.email_likely) and not self._email_is_settled

    @property
    def needs_a_look(self) -> bool:
        """Whether something should be looked at before it is sent, though nothing is wrong."""
        return self.needs_number_look or self.needs_email_look

    @property
    def is_ready(self) -> bool:
        """Whether it can be kept as it is."""
        return self.is_valid() and not self.needs_a_look

    def problems(self) -> Iterator[tuple[str, str]]:
        """Each error in the order of the page, with the id of the input that it is about."""
        for name, field in self.fields.items():
            many = isinstance(field.widget, (forms.CheckboxSelectMultiple, forms.RadioSelect))
            for message in self.errors.get(name, ()):
                yield f"id_{name}_0" if many else f"id_{name}", str(message)

    def answers(self) -> Answers:
        """What to keep, once the form is ready."""
        cleaned_data = self.cleaned_data
        number = cleaned_data.get("phone_number")
        made = {
            "kind": self.wants.value,
            "phone": number.number if number else "",
            "phone_extension": number.extension if number else "",
            "phone_typed": cleaned_data["phone"],
            "prefers": cleaned_data["prefers"] or Prefers.EITHER.value,
            "is_returning": {"yes": True, "no": False}.get(cleaned_data["is_returning"]),
        }
        return Answers.from_fields(cleaned_data | made)

    def _take_likely(self) -> str:
        """The offered address is the patient's own now: it stands in the field if the form comes back."""
        taken, self.email_likely = self.email_likely, ""
        answers = QueryDict(mutable=True)
        answers.update(self.data)
        answers["email"] = taken
        self.data = answers
        return taken
