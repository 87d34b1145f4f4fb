"""A person's wish to send a message again."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from clinic_site.outbox.models import OutboundEmail


class NothingToSend(ValueError):
    """The words of this message were dropped; the message says so."""


@transaction.atomic
def send_again(*, mail: OutboundEmail, by: AbstractBaseUser) -> OutboundEmail:
    """Have the worker send the message again, with all its tries before it; raises NothingToSend.

    The Message-ID stays: a mailbox that has the message already shows it once.
    """
    fresh: OutboundEmail = OutboundEmail.objects.select_for_update().get(pk=mail.pk)
    if fresh.words_dropped_at is not None:
        raise NothingToSend(
            "The words of this e-mail are no longer kept, so it cannot be sent again."
        )
    fresh.state = OutboundEmail.State.WAITING
    fresh.attempts, fresh.claimed_until, fresh.due_at = 0, None, timezone.now()
    fresh.sent_at, fresh.failed_at, fresh.sent_again_by_id = None, None, by.pk
    fresh.save()
    return fresh


@transaction.atomic
def send_all_again(*, by: AbstractBaseUser) -> int:
    """Have the worker send all that was given up, as after an outage; how many. What no longer has words stays."""
    given_up = OutboundEmail.objects.given_up().with_words()
    return given_up.update(
        state=OutboundEmail.State.WAITING,
        attempts=0,
        claimed_until=None,
        due_at=timezone.now(),
        failed_at=None,
        sent_again_by=by.pk,
    )
