"""The inbox as staff see it: tabs with counts, each enquiry as a card. Of what a patient wrote, only the name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from clinic_site.clinic.reply_by import in_words
from clinic_site.enquiries.labels import ago, person, span
from clinic_site.enquiries.models import Enquiry, EnquiryEvent
from clinic_site.enquiries.querysets import EnquiryQuerySet
from clinic_site.enquiries.staff_actions.presence import open_with

Kind, Status = EnquiryEvent.Kind, Enquiry.Status
TABS = {**dict(Status.choices), "all": "All"}
OPEN = (Status.NEW.value, Status.CONTACTED.value)
ANSWERED = (Status.CONTACTED.value, Status.BOOKED.value)
PAGE_SIZE, MONTH = 50, timedelta(days=30)


@dataclass(frozen=True)
class Tab:
    """One filter of the list; `key` is its status, or "all"."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Narrowed:
    """What the list is narrowed to: one user's enquiries, those that ask for a person or a place; none: all."""

    mine: AbstractBaseUser | None = None
    person: str = ""
    place: str = ""

    def enquiries(self) -> EnquiryQuerySet:
        """Those that are left."""
        every: EnquiryQuerySet = Enquiry.objects.wanting(person=self.person, place=self.place)
        return every if self.mine is None else every.filter(assigned_to_id=self.mine.pk)


@dataclass(frozen=True)
class Card:
    """An enquiry in the list. `due` says by when or how late; `open_with` names who else has it open."""

    enquiry: Enquiry
    name: str
    due: str
    is_overdue: bool
    arrived: str
    assigned: str
    has_news: bool
    wanted: str = ""
    open_with: Sequence[str] = field(default_factory=tuple)


def chosen(key: str, *, narrowed: Narrowed | None = None) -> EnquiryQuerySet:
    """The enquiries of a tab, or "forgotten": those that close by themselves."""
    if key == "forgotten":
        return Enquiry.objects.closing_soon().soonest_first()
    every = (narrowed or Narrowed()).enquiries()
    if key == "all":
        return every.latest_first()
    every = every.filter(status=key)
    return every.soonest_first() if key in OPEN else every.latest_first()


def untouched(key: str, at: datetime) -> EnquiryQuerySet:
    """Those of a tab of answered ones that nobody has changed for a month; none of other tabs."""
    answered: EnquiryQuerySet = Enquiry.objects.filter(status=key, status__in=ANSWERED)
    return answered.untouched_since(at - MONTH)


def tabs(*, narrowed: Narrowed | None = None) -> list[Tab]:
    """The filters with their counts; one query."""
    counts = (
        (narrowed or Narrowed())
        .enquiries()
        .aggregate(all=Count("pk"), **{s: Count("pk", Q(status=s)) for s in Status.values})
    )
    return [Tab(key, label, counts[key]) for key, label in TABS.items()]


def cards(enquiries: EnquiryQuerySet, *, by: AbstractBaseUser, at: datetime) -> list[Card]:
    """The enquiries (one page of them) as cards; a fixed number of queries."""
    rows: list[Any] = list(
        enquiries.select_related("assigned_to")
        .prefetch_related("amendments")
        .annotate(
            news=Subquery(_last_event(Kind.AMENDED)),
            looked=Subquery(_last_event(Kind.VIEWED, Kind.CHANGED)),
        )
    )
    names = open_with(rows, by, at)
    return [_card(row, names.get(row.pk, ()), at) for row in rows]


def summary(at: datetime) -> str:
    """The state of the inbox in a sentence, read out when it changes."""
    waiting = Enquiry.objects.genuine().unanswered()
    count, late = waiting.count(), waiting.overdue(at).count()
    if not count:
        return "Everybody has an answer."
    people = "1 person waits" if count == 1 else f"{count} people wait"
    return f"{people} for an answer" + (f", {late} of them overdue." if late else ".")


def due_words(enquiry: Enquiry, at: datetime) -> str:
    """By when to answer, or how late it is; for answered ones, where it stands."""
    if enquiry.withdrawn_at:
        return f"Words deleted {ago(enquiry.withdrawn_at, at)}"
    if enquiry.status != Status.NEW:
        return enquiry.get_status_display()
    if is_overdue(enquiry, at):
        return f"Overdue by {span(at - enquiry.reply_by_at)}"
    return f"Reply by {in_words(enquiry.reply_by_at)}"


def is_overdue(enquiry: Enquiry, at: datetime) -> bool:
    """Whether the patient was promised an answer by now and has none."""
    return bool(enquiry.status == Status.NEW and enquiry.reply_by_at < at)


def _card(row: Any, names: Sequence[str], at: datetime) -> Card:
    latest, received = row.latest_answers(), timezone.localtime(row.received_at)
    wants = (("to see", latest.wanted_person), ("at", latest.wanted_place))
    return Card(
        enquiry=row,
        name=latest.name or "(no name kept)",
        due=due_words(row, at),
        is_overdue=is_overdue(row, at),
        arrived=f"{received:%a} {received.day} {received:%b %Y, %H:%M}",
        assigned=person(row.assigned_to) if row.assigned_to else "",
        wanted=", ".join(f"{word} {name}" for word, name in wants if name),
        has_news=bool(row.news and row.news > (row.looked or 0)),
        open_with=names,
    )


def _last_event(*kinds: str) -> Any:
    return (
        EnquiryEvent.objects.filter(enquiry=OuterRef("pk"), kind__in=kinds)
        .order_by("-pk")
        .values("pk")[:1]
    )
