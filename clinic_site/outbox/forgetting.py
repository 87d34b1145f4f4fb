"""Dropping what mail said and to whom. The row stays and counts itself, without personal data."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.querysets import OutboundEmailQuerySet


def drop_old_words(*, now: datetime | None = None) -> int:
    """Drop the words of mail that was sent or given up MAIL_WORDS_DAYS ago; how many."""
    moment = now or timezone.now()
    old = OutboundEmail.objects.finished_before(moment - timedelta(days=settings.MAIL_WORDS_DAYS))
    return _drop(old, moment)


@transaction.atomic
def forget_mail(*, keys: Iterable[str]) -> int:
    """Drop the words of these messages now; what still waits is not sent any more. How many there were."""
    mails = OutboundEmail.objects.filter(key__in=list(keys))
    cancelled, _ = mails.waiting().delete()
    return cancelled + _drop(mails, timezone.now())


def _drop(mails: OutboundEmailQuerySet, now: datetime) -> int:
    return (
        mails.with_words()
        .exclude(state="waiting")
        .update(to="", subject="", body="", last_error="", words_dropped_at=now)
    )
