"""When to try again, when to stop trying, and what to say of an error: pure decisions.

Eighteen pauses of two days in all, so that a night without a mail server loses nothing. Then somebody has to look.
"""

import re
import smtplib
from datetime import datetime, timedelta

MINUTES = (1, 4, 10, 15, 30, 60, 120, *[240] * 11)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in MINUTES)
# "no such mailbox", "not local" and "mailbox name not allowed": RFC 5321, 4.2.3
NO_SUCH_ADDRESS = (550, 551, 553)
# RFC 3463: X.7.Z is security or policy ("relaying denied"): about us, not about the address
POLICY = re.compile(rb"\s*5\.7\.")


def next_try(*, attempts: int, now: datetime) -> datetime | None:
    """When to try after this many tries that failed; None: give up."""
    return now + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def is_final(error: Exception) -> bool:
    """Whether another try cannot help: the server knows no such address, or the words cannot be made a message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(
            code in NO_SUCH_ADDRESS and not POLICY.match(_bytes(reply))
            for code, reply in error.recipients.values()
        )
    return isinstance(error, ValueError)  # UnicodeError and BadHeaderError too


def describe(error: Exception, *, to: str) -> str:
    """The error in 300 printable characters or fewer, without the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        words = [f"{code} {_text(reply)}" for code, reply in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPResponseException):
        words = [f"{error.smtp_code} {_text(error.smtp_error)}"]
    elif isinstance(error, ValueError):
        words = []  # may quote the words of the message
    else:
        words = [str(error)]
    said = " ".join([type(error).__name__ + ":", *words]).rstrip(":")
    said = re.sub(re.escape(to), "(the address)", said, flags=re.IGNORECASE) if to else said
    return "".join(c if c.isprintable() else " " for c in said)[:300]


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode()


def _text(reply: bytes | str) -> str:
    return reply if isinstance(reply, str) else reply.decode(errors="replace")
