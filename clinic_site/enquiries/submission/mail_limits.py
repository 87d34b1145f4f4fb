"""How much mail one enquiry may cause: its form can be sent again by whoever has it, with any address in it.

A mail that was queued has a key; what a key says is all that is asked here, so nothing more is kept about anybody.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max, Q

from clinic_site.enquiries.models import Enquiry, EnquiryEvent
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.querysets import OutboundEmailQuerySet

TO_CLINIC_EVERY = timedelta(hours=1)  # about one enquiry
DIGEST_EVERY = timedelta(days=1)  # about all that look like spam


def staff_key(enquiry: Enquiry, change: int) -> str:
    """Of the mail to the clinic about a change; 0: about the enquiry."""
    return f"enquiry-{enquiry.reference}-staff-{change}"


def staff_slot(enquiry: Enquiry, change: int, at: datetime) -> datetime | None:
    """When the clinic may be told of that change: an hour after the mail before. None: one is on its way already."""
    earlier = [staff_key(enquiry, number) for number in range(change)]
    return _next_slot(earlier, at, TO_CLINIC_EVERY)


def digest_key(due: datetime) -> str:
    """Of the mail about all that looks like spam; one for a day."""
    return f"suspects-{due:%Y-%m-%d}"


def digest_slot(at: datetime) -> datetime | None:
    """When the clinic may be told that something looks like spam: a day after it was told before."""
    days = (at + timedelta(days=number) for number in (-1, 0, 1))
    return _next_slot(map(digest_key, days), at, DIGEST_EVERY)


def first_patient_key(enquiry: Enquiry) -> str:
    """Of the mail that confirms an enquiry."""
    return f"enquiry-{enquiry.reference}-patient-0"


def patient_key(enquiry: Enquiry, to: str) -> str:
    """Of the next mail to this address of the patient's; "" where none is sent.

    The first address gets one, and one other; a further one only after staff have answered.
    """
    first, *further = _patient_keys(enquiry)
    queued = dict(_queued([first, *further]).values_list("key", "to"))
    if first not in queued:
        return first
    return "" if to in queued.values() or further[-1] in queued else further[-1]


def was_mailed(enquiry: Enquiry, to: str) -> bool:
    """Whether a confirmation went to this address, or one whose words were dropped since."""
    mails = _queued(_patient_keys(enquiry))
    return mails.filter(Q(to=to) | Q(words_dropped_at__isnull=False)).exists()


def _patient_keys(enquiry: Enquiry) -> list[str]:
    """Of the first confirmation, and of the one to another address before each answer by staff."""
    answered = EnquiryEvent.objects.filter(
        enquiry=enquiry, kind=EnquiryEvent.Kind.CHANGED, details__has_key="status"
    ).count()
    other = f"enquiry-{enquiry.reference}-patient-other-"
    return [first_patient_key(enquiry), *(f"{other}{number}" for number in range(answered + 1))]


def _next_slot(keys: Iterable[str], at: datetime, apart: timedelta) -> datetime | None:
    last = _queued(keys).aggregate(last=Max("due_at"))["last"]
    if last is None:
        return at
    return None if last > at else max(at, last + apart)


def _queued(keys: Iterable[str]) -> OutboundEmailQuerySet:
    kept: OutboundEmailQuerySet = OutboundEmail.objects.filter(key__in=list(keys))
    return kept
