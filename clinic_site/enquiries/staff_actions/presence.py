"""Who has an enquiry open, so that two people do not answer the same patient without knowing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from clinic_site.enquiries.labels import person
from clinic_site.enquiries.models import Enquiry, EnquiryEvent, EnquiryPresence
from clinic_site.enquiries.staff_actions.handle import record

HERE = timedelta(seconds=50)  # the open page says so every 15 seconds
RECENT = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Visitor:
    """Somebody else at the same enquiry. `is_here`: their page was open a moment ago."""

    name: str
    opened_at: datetime
    is_here: bool


@transaction.atomic
def open_enquiry(*, enquiry: Enquiry, by: AbstractBaseUser) -> None:
    """Record that somebody looks at it, for the audit and for the others."""
    at = timezone.now()
    EnquiryPresence.objects.update_or_create(
        enquiry=enquiry, user_id=by.pk, defaults={"opened_at": at, "seen_at": at}
    )
    record(enquiries=[enquiry], kind=EnquiryEvent.Kind.VIEWED, by=by, at=at)


def still_here(*, enquiry: Enquiry, by: AbstractBaseUser) -> None:
    """The page is still open in front of them."""
    own = EnquiryPresence.objects.filter(enquiry=enquiry, user_id=by.pk)
    own.update(seen_at=timezone.now())


def others(enquiry: Enquiry, by: AbstractBaseUser, at: datetime | None = None) -> list[Visitor]:
    """Everybody else who has it open or opened it lately, the last one first."""
    at = at or timezone.now()
    rows = EnquiryPresence.objects.filter(enquiry=enquiry, seen_at__gt=at - RECENT).exclude(
        user_id=by.pk
    )
    return [
        Visitor(person(row.user), row.opened_at, row.seen_at > at - HERE)
        for row in rows.select_related("user").order_by("-opened_at")
    ]


def open_with(
    enquiries: Iterable[Enquiry], by: AbstractBaseUser, at: datetime
) -> dict[int, list[str]]:
    """The names of those who have each enquiry open at the moment, by its pk; one query."""
    rows = EnquiryPresence.objects.filter(enquiry__in=list(enquiries), seen_at__gt=at - HERE)
    names: dict[int, list[str]] = {}
    for row in rows.exclude(user_id=by.pk).select_related("user"):
        names.setdefault(row.enquiry_id, []).append(person(row.user))
    return names


def forget_visitors(at: datetime | None = None) -> int:
    """Drop what is older than a day; how many. Run by the worker."""
    return EnquiryPresence.objects.filter(seen_at__lt=(at or timezone.now()) - KEPT_FOR).delete()[0]
