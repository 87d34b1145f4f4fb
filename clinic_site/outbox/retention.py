"""Dropping what mail said and to whom. The row stays and counts itself, without personal data."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clinic_site.outbox.mail_files import remove_written
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
    dropped = _drop(mails, timezone.now())
    _remove_files(mails.waiting())
    cancelled, _ = mails.waiting().delete()
    return cancelled + dropped


def _drop(mails: OutboundEmailQuerySet, now: datetime) -> int:
    finished = mails.with_words().exclude(state="waiting")
    _remove_files(finished)
    return finished.update(to="", subject="", body="", last_error="", words_dropped_at=now)


def _remove_files(mails: OutboundEmailQuerySet) -> None:
    """Once the rows are settled, remove what a site without a mail server wrote of them."""
    names = [mail.message_name for mail in mails.only("key")]
    transaction.on_commit(partial(remove_written, names))
