"""What a page gives the script that says "open now": the week, the closed days, and a clock for 400 days."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from clinic_site.clinic.file_mapping import canonical_details, take_in
from clinic_site.clinic.models import Clinic, Closure, Location
from clinic_site.clinic.open_hours import AHEAD, offsets, open_hours
from clinic_site.clinic.reply_by import VANCOUVER
from tests.clinic.whole_clinic import HARBOUR, MAIN, PLAIN

TODAY = date(2026, 6, 15)
MINUTE = 60


@pytest.mark.parametrize("first", [TODAY, date(2027, 3, 14), date(2026, 11, 1)])
def test_the_clock_in_the_page_is_the_clinics_at_every_quarter_hour(first: date) -> None:
    table = offsets(first, first + AHEAD)
    moment = datetime.combine(first, datetime.min.time(), VANCOUVER).astimezone(UTC)
    end, wrong = moment + AHEAD, []
    while moment < end:
        minute = int(moment.timestamp()) // MINUTE
        told = next(offset for start, offset in reversed(table) if start <= minute)
        shift = moment.astimezone(VANCOUVER).utcoffset()
        assert shift is not None
        if told * MINUTE != shift.total_seconds():
            wrong.append(moment)
        moment += timedelta(minutes=15)
    assert wrong == []


@pytest.fixture
def told(db: None) -> dict[str, Any]:
    """What the page of the harbour gives, with closures of the clinic and of both places."""
    take_in(details=canonical_details(PLAIN | {"locations": [MAIN, HARBOUR]}))
    clinic = Clinic.objects.get()
    main, harbour = Location.objects.order_by("position")
    for place, first, days, reason in (
        (None, TODAY + timedelta(days=30), 2, "Everybody learns"),
        (harbour, TODAY - timedelta(days=1), 3, "New floors"),
        (main, TODAY, 1, "Elsewhere"),
        (None, TODAY - timedelta(days=9), 2, "Over"),
    ):
        Closure.objects.create(
            clinic=clinic,
            location=place,
            starts_on=first,
            ends_on=first + timedelta(days=days - 1),
            reason=reason,
        )
    found: dict[str, Any] = json.loads(open_hours(harbour, list(clinic.closures.all()), TODAY))
    return found


def test_the_week_is_that_of_the_place(told: dict[str, Any]) -> None:
    assert told["week"] == [[], [], [], [], [], [["10:00", "14:00"]], []]


def test_closures_are_those_of_the_clinic_and_of_this_place_that_are_not_over(
    told: dict[str, Any],
) -> None:
    reasons = [reason for _, _, reason in told["closed"]]
    assert reasons[:2] == ["New floors", "Everybody learns"]
    assert not {"Elsewhere", "Over"} & set(reasons)


def test_statutory_holidays_are_closed_by_name(told: dict[str, Any]) -> None:
    assert ["2026-07-01", "2026-07-01", "Canada Day"] in told["closed"]


@pytest.mark.django_db
def test_a_place_without_hours_says_nothing() -> None:
    take_in(details=canonical_details(PLAIN | {"locations": [MAIN | {"hours": {}}]}))
    assert open_hours(Location.objects.get(), [], TODAY) == ""
