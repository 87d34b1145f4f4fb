"""What happened to an enquiry, told to staff: the patient's changes, the lines of the audit, what somebody else did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model

from clinic_site.enquiries.labels import ago, differences, event_words, person
from clinic_site.enquiries.models import Enquiry, EnquiryEvent

Kind = EnquiryEvent.Kind
PATIENT = (Kind.RECEIVED, Kind.AMENDED, Kind.WITHDRAWN)


@dataclass
class EventLine:
    """`who` did `what`; `times` > 1 where the same person looked at it several times in a row."""

    who: str
    what: str
    at: datetime
    when: str
    times: int = 1


@dataclass(frozen=True)
class ChangeLine:
    """A change of the patient's: (label, before, after) of each answer that became another one."""

    received_at: datetime
    differences: list[tuple[str, str, str]]


def changes_told(enquiry: Enquiry) -> list[ChangeLine]:
    """What the patient changed, change by change, oldest first."""
    before, lines = enquiry.answers(), []
    for change, after in enquiry.changes():
        lines.append(ChangeLine(change.received_at, differences(before, after)))
        before = after
    return lines


def events_told(enquiry: Enquiry, now: datetime) -> list[EventLine]:
    """The audit of an enquiry, the latest first; views in a row by the same person are one line."""
    events = list(enquiry.events.select_related("by").order_by("-pk"))
    rows = zip(events, event_lines(events, now), strict=True)
    lines: list[EventLine] = []
    last = None
    for event, line in rows:
        key = (event.kind, event.by_id)
        if key == last and event.kind == Kind.VIEWED:
            lines[-1].times += 1
        else:
            lines.append(line)
        last = key
    return lines


def who_did(event: EnquiryEvent) -> str:
    """Who did it: "The patient", "The site", or somebody on the staff by name."""
    if "taken" in event.details or event.by:
        return person(event.by)
    return "The patient" if event.kind in PATIENT else "The site"


def event_lines(events: list[EnquiryEvent], now: datetime) -> list[EventLine]:
    """Each of these events in words, in their order."""
    people = _names(events)
    return [
        EventLine(who_did(one), event_words(one, people), one.at, ago(one.at, now))
        for one in events
    ]


def _names(events: Iterable[EnquiryEvent]) -> dict[int, str]:
    assigned: list[Any] = [event.details.get("assigned_to", [None, None])[1] for event in events]
    numbers = {pk for pk in assigned if pk}
    users = get_user_model().objects.in_bulk(numbers) if numbers else {}
    return {pk: person(user) for pk, user in users.items()}
