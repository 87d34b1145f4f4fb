"""The door to the inbox on the staff's first page, and what waits behind it, for whoever may open it."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from clinic_site.clinic.reply_by import clock, in_words
from clinic_site.enquiries.models import Enquiry
from clinic_site.staff import doors
from clinic_site.staff.dashboard import Waiting, register
from clinic_site.staff.doors import Door

INBOX = "admin:enquiries_enquiry_changelist"


@doors.register(place=1)
def door(user: User) -> Iterator[Door]:
    """How many wait for an answer, and by when the next has one; three queries."""
    if not user.has_perm("enquiries.view_enquiry"):
        return
    now = timezone.now()
    waiting = Enquiry.objects.genuine().unanswered()
    count, late = waiting.count(), waiting.overdue(now).count()
    yield Door(
        "Answer enquiries",
        reverse(INBOX),
        _stands(count, late, now),
        sign="letter",
        leads_to=["enquiries.enquiry"],
        count=count,
        is_urgent=bool(late),
    )


def _stands(count: int, late: int, now: datetime) -> str:
    if not count:
        return "Everybody has an answer."
    if late:
        return f"{late} of them overdue" if count > 1 else "Overdue"
    waiting = Enquiry.objects.genuine().unanswered()
    soonest = waiting.order_by("reply_by_at").values_list("reply_by_at", flat=True).first()
    return f"The next one is promised by {_when(soonest, now)}" if soonest else ""


def _when(moment: datetime, now: datetime) -> str:
    """ "2 pm today", or the day and the time where it is another day."""
    today = timezone.localdate(now)
    return f"{clock(moment)} today" if timezone.localdate(moment) == today else in_words(moment)


@register(place=1)
def lines(user: User) -> Iterator[Waiting]:
    """Enquiries to read now, to follow up, suspected and forgotten ones; four queries."""
    if not user.has_perm("enquiries.view_enquiry"):
        return
    inbox = reverse(INBOX)
    read_now = Enquiry.objects.to_read_now().count()
    yield Waiting("Enquiries to read now", inbox, read_now, is_urgent=True)
    follow_up = Enquiry.objects.to_follow_up(timezone.localdate()).count()
    yield Waiting("Enquiries to follow up today", inbox, follow_up)
    suspects = Enquiry.objects.suspected().count()
    yield Waiting("Enquiries that look like spam: is there a person among them?", inbox, suspects)
    closing = Enquiry.objects.closing_soon().count()
    yield Waiting("Enquiries that close by themselves soon", f"{inbox}?status=forgotten", closing)
