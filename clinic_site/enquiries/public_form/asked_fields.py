"""What the form asks: each field with its label, its hint and how long an answer may be."""

from django import forms

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.enquiries.form_values import (
    LANGUAGE_LENGTH,
    MESSAGE_LENGTH,
    WANTED_LENGTH,
    Day,
    DayPart,
    ForWhom,
    Kind,
    Payer,
    Prefers,
)
from clinic_site.enquiries.public_form.answer_fields import Answer, Choices, Contact, Email, Line

NAME_LENGTH, PHONE_LENGTH, EMAIL_LENGTH = 100, 40, 254
YES_NO = [("yes", "Yes"), ("no", "No, this is my first visit")]
CHECK_PHONE = (
    "Check the phone number. Write it with its area code, like 604 555 0142. "
    "If it is not from Canada or the USA, start with + and its country code"
)
CHECK_EMAIL = "Check the email address. Write it like name@example.com"


class AskedFields(forms.Form):
    """Everything that may be asked, for a visit or for an answer to a question, in the order of the page."""

    kind = forms.ChoiceField(choices=Kind.choices, required=False, widget=forms.HiddenInput)
    about = forms.CharField(required=False, widget=forms.HiddenInput)
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
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = Email(
        longest=EMAIL_LENGTH,
        error_messages={"too_long": CHECK_EMAIL},
        label="Email",
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
    email_choice = forms.CharField(required=False)
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
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keep_number = forms.BooleanField(required=False)
    for_whom = forms.ChoiceField(
        label="Who is it for?",
        choices=ForWhom.choices,
        required=False,
        error_messages={"invalid_choice": "Choose from the list"},
        widget=forms.RadioSelect,
    )
    language = Line(
        longest=LANGUAGE_LENGTH,
        error_messages={
            "too_long": "Shorten the language to %(longest)s characters or fewer, such as Punjabi"
        },
        label="Which language do you prefer?",
        help_text="If it is not English. We tell you what we can do.",
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "words"}),
    )
    wanted_person = Line(
        longest=WANTED_LENGTH,
        error_messages={"too_long": "Choose from the list"},
        label="Whom would you like to see?",
        required=False,
    )
    wanted_place = Line(
        longest=WANTED_LENGTH,
        error_messages={"too_long": "Choose from the list"},
        label="Which place suits you?",
        required=False,
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
