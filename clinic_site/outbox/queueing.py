"""Putting mail into the outbox, inside the caller's transaction: it is kept exactly when the caller's rows are."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from clinic_site.outbox.models import OutboundEmail

# Everything that could end a header line: control characters (CR, LF, NUL, NEL ...), line and paragraph separators
BREAKS = ("Cc", "Zl", "Zp", "Cs")


def queue_mail(*, to: str, subject: str, body: str, purpose: str, key: str) -> OutboundEmail:
    """Queue one message to one bare address; the worker sends it. The same `key` again gives the first one back.

    Raises ValueError for words that could forge a header or a recipient, and for an empty key, subject or body.
    """
    words = check(to=to, subject=subject, body=body)
    if not key.strip() or len(key) > 200:
        raise ValueError("a mail needs a key of 1 to 200 characters")
    try:
        with transaction.atomic():
            return OutboundEmail.objects.create(key=key, purpose=purpose, **words)
    except IntegrityError:
        known = OutboundEmail.objects.filter(key=key).first()
        if known is None:
            raise
        return known


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
