"""Putting mail into the outbox, inside the caller's transaction: it is kept exactly when the caller's rows are."""

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic_site.outbox.models import OutboundEmail

# Everything that could end a header line: control characters (CR, LF, NUL, NEL ...), line and paragraph separators
BREAKS = ("Cc", "Zl", "Zp", "Cs")


@dataclass(frozen=True)
class Mail:
    """One message to one bare address, sent from `due_at` on.

    `key` names it, `purpose` tells what it is for without personal data. `reply_to` is one bare address where an
    answer goes; "": to the address that it was sent from.
    """

    to: str
    subject: str
    body: str
    purpose: str
    key: str
    due_at: datetime = field(default_factory=timezone.now)
    reply_to: str = ""


def queue_mail(*, to: str, subject: str, body: str, purpose: str, key: str) -> OutboundEmail:
    """Queue one message to one bare address; the worker sends it. The same `key` again gives the first one back.

    Raises ValueError for words that could forge a header or a recipient, and for an empty key, subject or body.
    """
    [queued] = queue_mails([Mail(to, subject, body, purpose, key)])
    return queued


def queue_mails(mails: Sequence[Mail]) -> list[OutboundEmail]:
    """Queue several messages with one statement, all or none; otherwise like queue_mail."""
    for mail in mails:
        check(to=mail.to, subject=mail.subject, body=mail.body)
        if mail.reply_to:
            check(to=mail.reply_to, subject=mail.subject, body=mail.body)
        if not mail.key.strip() or len(mail.key) > 200:
            raise ValueError("a mail needs a key of 1 to 200 characters")
    try:
        with transaction.atomic():
            return OutboundEmail.objects.bulk_create(
                OutboundEmail(**asdict(mail)) for mail in mails
            )
    except IntegrityError:
        known = {mail.key for mail in OutboundEmail.objects.filter(key__in=[m.key for m in mails])}
        if not known:
            raise
    queue_mails([mail for mail in mails if mail.key not in known])
    found = {row.key: row for row in OutboundEmail.objects.filter(key__in=[m.key for m in mails])}
    return [found[mail.key] for mail in mails]


def check(*, to: str, subject: str, body: str) -> dict[str, str]:
    """The words as they may go out, or ValueError. Its message never repeats what was given."""
    for name, text in (("address", to), ("subject", subject)):
        if any(unicodedata.category(character) in BREAKS for character in text):
            raise ValueError(f"the {name} of a mail is one line without control characters")
    try:
        validate_email(to)
    except ValidationError:
        raise ValueError("a mail goes to one bare address, such as name@example.ca") from None
    if not subject.strip() or len(subject) > 200:
        raise ValueError("the subject of a mail has 1 to 200 characters")
    if not body.strip() or "\x00" in body:
        raise ValueError("the body of a mail has words and no NUL character")
    return {"to": to, "subject": subject, "body": body}
