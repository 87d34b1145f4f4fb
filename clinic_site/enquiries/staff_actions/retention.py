"""How long enquiries are kept, and their end: deleted for good by the worker, counted in a ledger of numbers.

Closed ones go ENQUIRY_RETENTION_MONTHS after they were closed, spam ENQUIRY_RETENTION_SPAM_DAYS after it was marked.
One that nobody closes or touches is closed by the site after OPEN_MONTHS, WARNED before: somebody may still be waiting.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clinic_site.enquiries.models import DeletionCount, Enquiry, EnquiryEvent
from clinic_site.enquiries.querysets import EnquiryQuerySet
from clinic_site.enquiries.staff_actions.handle import record, save_with_event, set_status
from clinic_site.enquiries.staff_actions.presence import forget_visitors
from clinic_site.enquiries.submission import notifications

BATCH = 200  # in one transaction, so that patients wait no longer than a moment for the database
OPEN_MONTHS = 6  # content/book.md and content/privacy.md say the same
WARNED = timedelta(days=30)  # staff are told so long before, whatever the age of the enquiry
AUDIT_MONTHS = 24  # lines of the audit outlive their enquiry by this much at the most


def months_before(moment: datetime, months: int) -> datetime:
    """The same day and time so many months earlier, or the last day of that month."""
    index = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(index, 12)
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def close_untouched(at: datetime | None = None) -> int:
    """Close what nobody touched for six months and staff were told of; tell them what is next. How many were closed."""
    at = at or timezone.now()
    untouched = Enquiry.objects.untouched_since(months_before(at, OPEN_MONTHS) + WARNED)
    Enquiry.objects.closing_soon().exclude(pk__in=untouched.values("pk")).update(closes_at=None)
    _announce(untouched.filter(closes_at__isnull=True), at)
    total = 0
    while count := _close_some(untouched.filter(closes_at__lte=at), at):
        total += count
    return total


def purge(at: datetime | None = None) -> int:
    """Delete what has been kept long enough, and old lines of the audit; how many enquiries. Run by the worker."""
    at = at or timezone.now()
    close_untouched(at)
    closed = Enquiry.objects.closed_before(months_before(at, settings.ENQUIRY_RETENTION_MONTHS))
    spam = Enquiry.objects.spam_before(at - timedelta(days=settings.ENQUIRY_RETENTION_SPAM_DAYS))
    count = _purge_all(closed, DeletionCount.Reason.CLOSED, at)
    count += _purge_all(spam, DeletionCount.Reason.SPAM, at)
    forget_visitors(at)
    EnquiryEvent.objects.filter(
        enquiry__isnull=True, at__lt=months_before(at, AUDIT_MONTHS)
    ).delete()
    return count


@transaction.atomic
def _announce(enquiries: EnquiryQuerySet, at: datetime) -> None:
    closes_at = at + WARNED
    if count := enquiries.update(closes_at=closes_at):
        notifications.tell_of_closing(count=count, closes_at=closes_at)


@transaction.atomic
def _close_some(enquiries: EnquiryQuerySet, at: datetime) -> int:
    chosen = list(enquiries.select_for_update().order_by("pk")[:BATCH])
    for kept in chosen:
        before = kept.status
        set_status(kept, Enquiry.Status.CLOSED, at)
        save_with_event(kept, by=None, at=at, details={"status": [before, kept.status]})
    return len(chosen)


def _purge_all(enquiries: EnquiryQuerySet, reason: str, at: datetime) -> int:
    total = 0
    while count := _purge_some(enquiries, reason, at):
        total += count
    return total


@transaction.atomic
def _purge_some(enquiries: EnquiryQuerySet, reason: str, at: datetime) -> int:
    chosen = list(enquiries.select_for_update().order_by("pk")[:BATCH])
    record(enquiries=chosen, kind=EnquiryEvent.Kind.DELETED, by=None, at=at, reason=reason)
    notifications.forget(references=[one.reference for one in chosen])
    Enquiry.objects.filter(pk__in=[one.pk for one in chosen]).delete()
    DeletionCount.add(reason=reason, count=len(chosen), at=at)
    return len(chosen)
