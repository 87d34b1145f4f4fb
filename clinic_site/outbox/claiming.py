"""Who may send a message now, and how a try ended: the only code that moves mail from one state to another.

A worker holds a message by a conditional update that only one of several can win; the hold ends by itself, so a
worker that was killed gives the message back. The number of the try tells a worker whether the hold is still its own.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.retry_policy import PAUSES, next_try

# Longer than a message can take on a connection that is open: five answers of 10 s, see EMAIL_TIMEOUT
LEASE = timedelta(minutes=2)


def claim(*, mail: OutboundEmail, now: datetime, lease: timedelta = LEASE) -> bool:
    """Hold the message for a try, and count the try; False when another worker was faster."""
    is_ours = (
        OutboundEmail.objects.due(now)
        .filter(pk=mail.pk, attempts=mail.attempts)
        .update(claimed_until=now + lease, attempts=F("attempts") + 1)
        == 1
    )
    if is_ours:
        mail.attempts += 1
    return is_ours


def bring_forward(*, now: datetime) -> int:
    """After a clock was set back: what waits for a time that it now takes long to reach is due at once. How many.

    A hold that would last longer than any ends too. To try early does no harm.
    """
    waiting = OutboundEmail.objects.waiting()
    waiting.filter(claimed_until__gt=now + LEASE).update(claimed_until=None)
    return waiting.filter(due_at__gt=now).update(due_at=now)


def record_sent(*, mail: OutboundEmail, now: datetime) -> None:
    """The server took it. True whoever holds it by now, so it is not asked."""
    OutboundEmail.objects.filter(pk=mail.pk).exclude(state="sent").update(
        state="sent", sent_at=now, failed_at=None, claimed_until=None, last_error=""
    )


def record_failure(*, mail: OutboundEmail, error: str, is_final: bool, now: datetime) -> bool:
    """This try failed: say when the next one is, or give up. True when it was given up."""
    due_at = None if is_final else next_try(attempts=mail.attempts, now=now)
    end = {"due_at": due_at} if due_at else {"state": "failed", "failed_at": now}
    held = OutboundEmail.objects.waiting().filter(pk=mail.pk, attempts=mail.attempts)
    return bool(held.update(claimed_until=None, last_error=error, **end)) and due_at is None


@transaction.atomic
def record_outage(*, error: str, now: datetime) -> int:
    """The server could not be reached: for all mail that is due, this was a try. How many were given up."""
    due = OutboundEmail.objects.due(now)
    given_up = due.filter(attempts__gte=len(PAUSES)).update(
        state="failed",
        failed_at=now,
        attempts=F("attempts") + 1,
        claimed_until=None,
        last_error=error,
    )
    for tried in reversed(range(len(PAUSES))):
        due.filter(attempts=tried).update(
            due_at=next_try(attempts=tried + 1, now=now),
            attempts=tried + 1,
            claimed_until=None,
            last_error=error,
        )
    return given_up
