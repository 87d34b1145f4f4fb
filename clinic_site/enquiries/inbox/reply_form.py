"""The answer to a patient, filled in from a reply text, to be edited; and the link that takes it to a mail program."""

from typing import Any
from urllib.parse import quote

from django import forms

from clinic_site.enquiries.inbox.reply_templates import texts_for
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.staff_actions.answer import (
    followed_by_itself,
    replies_go_through_the_site,
)
from clinic_site.typed_fields import TypedText

REPLY_LENGTH = 4000


class ReplyForm(forms.Form):
    """The words of an answer, with the version of the enquiry that was looked at."""

    prefix = "reply"
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    body = TypedText(
        label="Your answer",
        max_length=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Write your answer first."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


def mail_link(email: str, reference: str, body: str = "") -> str:
    """A mailto: link with subject and words (RFC 6068); "" without an address."""
    if not email:
        return ""
    words = f"&body={quote(body.replace(chr(10), chr(13) + chr(10)))}" if body else ""
    return f"mailto:{quote(email, safe='@+')}?subject={quote(f'Your enquiry {reference}')}{words}"


def reply_context(enquiry: Enquiry, wanted: str, form: ReplyForm | None) -> dict[str, Any]:
    """For the enquiry's page: the form, filled in with the text of this number (the first one) unless it was sent."""
    texts = texts_for(enquiry)
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 1
    chosen = texts[number - 1] if 0 < number <= len(texts) else texts[0]
    email = enquiry.latest_answers().email
    blank = ReplyForm(initial={"version": enquiry.version, "body": chosen.body})
    return {
        "texts": texts,
        "chosen_text": chosen,
        "reply_form": form or blank,
        "is_reply_open": bool(wanted) or form is not None,
        "replies": enquiry.replies.select_related("sent_by"),
        "followed": followed_by_itself(enquiry),
        "through_the_site": replies_go_through_the_site(),
        "mail_address": mail_link(email, enquiry.reference),
        "mail_link": mail_link(email, enquiry.reference, chosen.body),
    }
