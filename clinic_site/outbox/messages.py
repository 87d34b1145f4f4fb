"""An outbox row as the message that goes out."""

from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.queueing import check


def message_for(mail: OutboundEmail) -> EmailMessage:
    """The message, the same at every try; raises ValueError where its words could forge a header.

    They were checked when they were queued. They are checked again because a row may have come another way.
    """
    words = check(to=mail.to, subject=mail.subject, body=mail.body)
    answers = [check(**words | {"to": mail.reply_to})["to"]] if mail.reply_to else []
    return EmailMessage(
        subject=words["subject"],
        body=words["body"],
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[words["to"]],
        reply_to=answers,
        headers={
            "Message-ID": message_id(mail),
            "Date": format_datetime(mail.created_at),
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notices in answer
        },
    )


def message_id(mail: OutboundEmail) -> str:
    """The Message-ID, made from the key: whoever gets the message twice can tell."""
    return f"<{mail.message_name}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}>"
