"""What staff do to an enquiry. Each verb is one transaction, names who, and leaves its line in the audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from clinic_site.enquiries.models import Enquiry, EnquiryEvent, EnquiryNote
from clinic_site.enquiries.querysets import EnquiryQuerySet
from clinic_site.enquiries.submission import notifications

Kind = EnquiryEvent.Kind
ENDS = (Enquiry.Status.CLOSED, Enquiry.Status.SPAM)


class Stale(Exception):
    """Somebody changed it since the page was opened. `missed` are the events of that time, oldest first."""

    def __init__(self, enquiry: Enquiry, version: int) -> None:
        super().__init__(enquiry.reference)
        self.enquiry = enquiry
        self.missed = missed_since(enquiry, version)


class Gone(Exception):
    """Its words were withdrawn or erased; there is nothing left to handle."""


@dataclass(frozen=True)
class Handling:
    """How an enquiry is to stand: `status` a value of Enquiry.Status, `assigned_to` a user's pk; a `note` or ""."""

    status: str
    assigned_to: int | None = None
    note: str = ""
    follow_up_on: date | None = None


@transaction.atomic
def handle(
    *,
    enquiry: Enquiry,
    version: int,
    wanted: Handling,
    by: AbstractBaseUser,
    at: datetime | None = None,
) -> Enquiry:
    """Set status and assignment and add the note, all or nothing.

    `version` is the one that was looked at; raises Stale if it is not the last one any more, unless the last
    change was this very one (a double tap). Raises Gone for an enquiry without words.
    """
    at = at or timezone.now()
    kept = locked(enquiry)
    if kept.version != version:
        if _is_repeat(kept, wanted, by):
            return kept
        raise Stale(kept, version)
    changed = _differences(kept, wanted)
    if wanted.note:
        EnquiryNote.objects.create(
            enquiry=kept, text=wanted.note, written_by_id=by.pk, written_at=at
        )
        changed["note"] = "added"
    if changed:
        kept.assigned_to_id, kept.follow_up_on = wanted.assigned_to, wanted.follow_up_on
        set_status(kept, wanted.status, at)
        save_with_event(kept, by=by, at=at, details=changed)
    return kept


@transaction.atomic
def clear_suspicion(*, enquiry: Enquiry, by: AbstractBaseUser) -> Enquiry:
    """It is no spam after all: take the flag off, and send the confirmation that was held back."""
    kept = locked(enquiry)
    if kept.is_suspect or kept.status == Enquiry.Status.SPAM:
        kept.spam_reasons = ""
        if kept.status == Enquiry.Status.SPAM:
            set_status(kept, Enquiry.Status.NEW)
        save_with_event(kept, by=by, details={"spam": "cleared"})
        notifications.tell_patient(enquiry=kept, to=kept.latest_answers().email)
    return kept


@transaction.atomic
def end_all(*, enquiries: EnquiryQuerySet, status: str, by: AbstractBaseUser) -> int:
    """Close them all, or mark them all as spam (`status`); how many."""
    at = timezone.now()
    chosen = list(enquiries.exclude(status=status).select_for_update())
    for kept in chosen:
        before = kept.status
        set_status(kept, status, at)
        save_with_event(kept, by=by, at=at, details={"status": [before, status]})
    return len(chosen)


@transaction.atomic
def record(
    *,
    enquiries: Iterable[Enquiry],
    kind: str,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    **details: Any,
) -> None:
    """A line in the audit for each of them."""
    at = at or timezone.now()
    by_id = by.pk if by else None
    EnquiryEvent.objects.bulk_create(
        EnquiryEvent(
            enquiry=one, reference=one.reference, kind=kind, by_id=by_id, at=at, details=details
        )
        for one in enquiries
    )


def locked(enquiry: Enquiry) -> Enquiry:
    """The enquiry as it stands, held for this transaction; raises Gone without words."""
    kept: Enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if kept.withdrawn_at:
        raise Gone
    return kept


def set_status(kept: Enquiry, status: str, at: datetime | None = None) -> None:
    """The status with the time of closing that belongs to it; no urgency and no double any more; not saved."""
    if status != kept.status:
        kept.status, kept.urgency, kept.double_of = status, 0, None
        kept.closed_at = (at or timezone.now()) if status in ENDS else None
    if status in ENDS:
        kept.follow_up_on = None


def save_with_event(
    kept: Enquiry,
    *,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    details: dict[str, Any],
) -> None:
    """The next version of it, with its line in the audit: one line per version, so that missed ones can be told."""
    kept.version += 1
    kept.closes_at = None  # somebody sees to it
    kept.save()
    record(enquiries=[kept], kind=Kind.CHANGED, by=by, at=at, **details)


def missed_since(enquiry: Enquiry, version: int) -> list[EnquiryEvent]:
    """The changes after that version, oldest first."""
    changes = enquiry.events.filter(
        kind__in=[Kind.CHANGED, Kind.AMENDED, Kind.WITHDRAWN, Kind.DELETED]
    )
    count = max(enquiry.version - version, 0)
    return list(changes.select_related("by").order_by("-pk")[:count])[::-1]


def _differences(kept: Enquiry, wanted: Handling) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if wanted.status != kept.status:
        changed["status"] = [kept.status, wanted.status]
    if wanted.assigned_to != kept.assigned_to_id:
        changed["assigned_to"] = [kept.assigned_to_id, wanted.assigned_to]
    if wanted.follow_up_on != kept.follow_up_on:
        changed["follow_up"] = [_iso(kept.follow_up_on), _iso(wanted.follow_up_on)]
    return changed


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _is_repeat(kept: Enquiry, wanted: Handling, by: AbstractBaseUser) -> bool:
    last = missed_since(kept, kept.version - 1)
    note = kept.notes.last()
    has_note = not wanted.note or (
        note is not None and (note.text, note.written_by_id) == (wanted.note, by.pk)
    )
    return bool(last) and last[0].by_id == by.pk and not _differences(kept, wanted) and has_note
