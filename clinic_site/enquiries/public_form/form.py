"""The form, checked on the server: what is wrong comes back as what to do, and everything typed stays."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.enquiries.form_values import MESSAGE_LENGTH, Answers, Day, DayPart, Payer, Prefers
from clinic_site.enquiries.public_form.answer_fields import (
    Answer,
    Choices,
    Contact,
    Line,
    is_unreadable,
)
from clinic_site.enquiries.public_form.email_suggestions import likely_address
from clinic_site.enquiries.public_form.phone_numbers import NotAPhoneNumber, read_phone
from clinic_site.enquiries.public_form.private_numbers import private_number_in
from clinic_site.typed_text import cut_typed

PATH = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
NAME_LENGTH, PHONE_LENGTH = 100, 40
EMAIL_LENGTH, PATH_LENGTH = 254, 200
YES_NO = [("yes", "Yes"), ("no", "No, this is my first visit")]
CHECK_PHONE = "Check the phone number. Write it with its area code, like 604 555 0142"
CHECK_EMAIL = "Check the email address. Write it like name@example.com"


class EnquiryForm(forms.Form):
    """Ask for a visit. `is_ready` once it can be kept; `answers()` gives what to keep."""

    areas = Choices(label="Where does it hurt?", choices=BODY_AREAS.items(), required=False)
    message = Answer(
        longest=MESSAGE_LENGTH,
        error_messages={
            "too_long": "Shorten your message to %(longest)s characters. It has %(length)s now"
        },
        label="Anything else we should know?",
        help_text="A sentence is enough. Leave out your birth date and health card number, "
        "and keep medical details for your visit.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = Line(
        longest=NAME_LENGTH,
        error_messages={"too_long": "Shorten your name to %(longest)s characters or fewer"},
        label="Your name",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    phone = Contact(
        longest=PHONE_LENGTH,
        error_messages={"too_long": CHECK_PHONE},
        label="Phone",
        help_text="With its country code if it is not from Canada or the USA.",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = Contact(
        longest=EMAIL_LENGTH,
        error_messages={"too_long": CHECK_EMAIL},
        label="Email",
        help_text="We send you your reference.",
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "email",
                "autocomplete": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    prefers = forms.ChoiceField(
        label="Which should we use?",
        choices=Prefers.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    days = Choices(label="Which days?", choices=Day.choices, required=False)
    times = Choices(label="What time of day?", choices=DayPart.choices, required=False)
    is_returning = forms.ChoiceField(
        label="Have you been to our clinic before?",
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )
    payer = forms.ChoiceField(
        label="Who pays for your visit?",
        choices=Payer.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        required=False, error_messages={"required": "Tick the box to agree"}
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    keep_number = forms.BooleanField(required=False)
    email_offered = forms.CharField(required=False)
    email_choice = forms.CharField(required=False)

    use_required_attribute = False
    number_kind = ""  # what a number in the free text looks like
    email_likely = ""  # the address that was probably meant
    _email_is_settled = True

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
        self.email_likely = likely_address(address)
        if not self.email_likely:
            return address
        self._email_is_settled = self.data.get("email_offered") == address
        takes_it = self._email_is_settled and self.data.get("email_choice") == "likely"
        return self.email_likely if takes_it else address

    def clean_message(self) -> str:
        """Up to 500 characters of plain text."""
        message: str = self.cleaned_data["message"]
        if is_unreadable(message):
            raise forms.ValidationError(
                "Take this sign out of your message, or write it again: \ufffd"
            )
        return message

    def clean_about(self) -> str:
        """The path of a page of this site; anything else is left out."""
        about = self.cleaned_data["about"]
        return about if len(about) <= PATH_LENGTH and PATH.fullmatch(about) else ""

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
    def email_typed(self) -> str:
        """The address as it came in, tidy."""
        return cut_typed(self.data.get("email", ""), longest=EMAIL_LENGTH)

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
        return Answers(
            phone=number.number if number else "",
            phone_extension=number.extension if number else "",
            phone_typed=cleaned_data["phone"],
            prefers=cleaned_data["prefers"] or Prefers.EITHER.value,
            is_returning={"yes": True, "no": False}.get(cleaned_data["is_returning"]),
            **{
                name: cleaned_data[name]
                for name in ("name", "email", "areas", "about", "days", "times", "payer", "message")
            },
        )
