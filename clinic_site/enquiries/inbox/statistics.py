"""Enquiries in numbers: per week, time to answer, by area, by hour. Counts only, nothing about anybody.

Spam and suspects do not count. Times are of Vancouver.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.utils import timezone

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.enquiries.labels import span
from clinic_site.enquiries.models import DeletionCount, Enquiry, EnquiryEvent

WEEKS = 26
ANSWERED_WITHIN = (
    ("Up to 1 hour", timedelta(hours=1)),
    ("1 to 4 hours", timedelta(hours=4)),
    ("4 to 24 hours", timedelta(hours=24)),
    ("1 to 3 days", timedelta(days=3)),
    ("More than 3 days", timedelta.max),
)
NO_ANSWER = "No answer yet"


@dataclass(frozen=True)
class Figures:
    """Each mapping is label -> count, in the order in which it is shown. `promises_kept` in percent, of those due."""

    total: int
    weeks: Mapping[str, int]
    answers: Mapping[str, int]
    areas: Mapping[str, int]
    hours: Mapping[str, int]
    usual_answer: str
    promises_kept: int | None


@dataclass(frozen=True)
class Arrival:
    """What is read of one enquiry; `answered_at` is None until staff got back to the patient."""

    received_at: datetime
    reply_by_at: datetime
    areas: list[str]
    answered_at: datetime | None


def figures(at: datetime | None = None) -> Figures:
    """The figures of the last 26 weeks, this one included; two queries."""
    now = timezone.localtime(at or timezone.now())
    first = monday(now.date()) - timedelta(weeks=WEEKS - 1)
    since = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    return count(_arrivals(since), first=first, now=now)


def count(arrivals: list[Arrival], *, first: date, now: datetime) -> Figures:
    """The figures of these arrivals, from the week that begins on `first`."""
    weeks = Counter(monday(timezone.localdate(one.received_at)) for one in arrivals)
    hours = Counter(timezone.localtime(one.received_at).hour for one in arrivals)
    areas = Counter(area for one in arrivals for area in set(one.areas))
    answers = Counter(_within(one) for one in arrivals)
    waits = [
        (one.answered_at - one.received_at).total_seconds() for one in arrivals if one.answered_at
    ]
    due = [one for one in arrivals if one.answered_at or one.reply_by_at < now]
    kept = [one for one in due if one.answered_at and one.answered_at <= one.reply_by_at]
    begins = [first + timedelta(weeks=week) for week in range(WEEKS)]
    return Figures(
        total=len(arrivals),
        weeks={f"{day.day} {day:%b}": weeks[day] for day in begins},
        answers={label: answers[label] for label in [*dict(ANSWERED_WITHIN), NO_ANSWER]},
        areas={label: areas[slug] for slug, label in BODY_AREAS.items()},
        hours={f"{hour}:00": hours[hour] for hour in range(24)},
        usual_answer=span(timedelta(seconds=median(waits))) if waits else "",
        promises_kept=round(100 * len(kept) / len(due)) if due else None,
    )


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def deletions() -> dict[str, int]:
    """How many enquiries were deleted for good so far, by reason."""
    totals: Counter[str] = Counter()
    for row in DeletionCount.objects.all():
        totals[row.get_reason_display()] += row.count
    return {label: totals[label] for label in DeletionCount.Reason.labels}


def _arrivals(since: datetime) -> list[Arrival]:
    kept = Enquiry.objects.genuine().filter(received_at__gte=since)
    answered = _answer_times(since)
    rows = kept.values_list("pk", "received_at", "reply_by_at", "areas")
    return [
        Arrival(received_at, reply_by_at, areas, answered_at=answered.get(pk))
        for pk, received_at, reply_by_at, areas in rows
    ]


def _answer_times(since: datetime) -> dict[int, datetime]:
    """When each enquiry was first taken out of "new" by staff, by its pk."""
    times: dict[int, datetime] = {}
    events = EnquiryEvent.objects.filter(kind=EnquiryEvent.Kind.CHANGED, at__gte=since)
    for pk, at, details in events.order_by("pk").values_list("enquiry_id", "at", "details"):
        before, after = details.get("status", ["", ""])
        if before == Enquiry.Status.NEW and after != Enquiry.Status.SPAM and pk:
            times.setdefault(pk, at)
    return times


def _within(one: Arrival) -> str:
    if one.answered_at is None:
        return NO_ANSWER
    wait = one.answered_at - one.received_at
    return next(label for label, longest in ANSWERED_WITHIN if wait <= longest)
