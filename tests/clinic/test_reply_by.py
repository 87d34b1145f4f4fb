"""By when a patient has an answer: the clinic's hours, closures and BC holidays."""

from datetime import UTC, date, datetime, time

import pytest

from clinic_site.clinic.models import Clinic, Closure, Hours, Location
from clinic_site.clinic.reply_by import VANCOUVER, Calendar, calendar_of, in_words

WEEKDAYS = Calendar(dict.fromkeys(range(5), time(18)))


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VANCOUVER)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (local(2026, 11, 23, 8), local(2026, 11, 24, 18)),  # Monday, before opening
        (local(2026, 11, 23, 23, 59), local(2026, 11, 24, 18)),  # Monday, late
        (local(2026, 11, 27, 9), local(2026, 11, 30, 18)),  # Friday: over the weekend
        (local(2026, 11, 28, 9), local(2026, 11, 30, 18)),  # Saturday
        (local(2026, 11, 10, 9), local(2026, 11, 12, 18)),  # over Remembrance Day
        (local(2026, 12, 24, 9), local(2026, 12, 28, 18)),  # over Christmas and the weekend
        (local(2027, 12, 24, 9), local(2027, 12, 28, 18)),  # Christmas observed on a Monday
        (local(2026, 12, 31, 9), local(2027, 1, 4, 18)),  # into the next year
        (local(2027, 3, 25, 9), local(2027, 3, 29, 18)),  # Good Friday, not Easter Monday
    ],
)
def test_end_of_the_next_working_day(asked: datetime, told: datetime) -> None:
    assert WEEKDAYS.reply_by(asked) == told


def test_the_day_is_vancouvers_day() -> None:
    monday_evening = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)  # still Monday 9:30 pm in Vancouver
    assert WEEKDAYS.reply_by(monday_evening) == local(2026, 11, 24, 18)


@pytest.mark.parametrize("asked", [local(2026, 10, 30, 12), local(2027, 3, 12, 12)])
def test_closing_time_holds_when_the_clocks_change(asked: datetime) -> None:
    told = WEEKDAYS.reply_by(asked)
    assert (told.hour, told.weekday()) == (18, 0)


def test_a_closure_is_skipped_both_ends_included() -> None:
    calendar = Calendar(WEEKDAYS.closing, ((date(2026, 11, 24), date(2026, 11, 26)),))
    assert calendar.reply_by(local(2026, 11, 23, 9)) == local(2026, 11, 27, 18)


def test_a_clinic_that_never_opens_still_names_a_day() -> None:
    calendar = Calendar(WEEKDAYS.closing, ((date(2026, 1, 1), date(2036, 1, 1)),))
    asked = local(2026, 11, 23, 9)
    assert calendar.reply_by(asked) > asked


@pytest.fixture
def clinic(db: None) -> Clinic:
    return Clinic.objects.create(pk=1, name="Clinic", phone="604-555-0142", email="a@example.ca")


def opens(clinic: Clinic, name: str, *spans: tuple[int, int, int]) -> None:
    place, _ = Location.objects.get_or_create(
        clinic=clinic, name=name, street="1 Road", city="Vancouver", postal_code="V0V 0V0"
    )
    for weekday, start, end in spans:
        Hours.objects.create(location=place, weekday=weekday, opens=time(start), closes=time(end))


def test_several_spans_a_day_end_with_the_last(clinic: Clinic) -> None:
    opens(clinic, "Main", (1, 13, 17), (1, 8, 12))
    assert calendar_of(clinic).reply_by(local(2026, 11, 23, 9)) == local(2026, 11, 24, 17)


def test_the_location_that_closes_last_decides(clinic: Clinic) -> None:
    opens(clinic, "Main", (1, 9, 16))
    opens(clinic, "Second", (1, 12, 20))
    assert calendar_of(clinic).reply_by(local(2026, 11, 23, 9)) == local(2026, 11, 24, 20)


def test_a_day_without_hours_is_no_working_day(clinic: Clinic) -> None:
    opens(clinic, "Main", (3, 9, 16))
    assert calendar_of(clinic).reply_by(local(2026, 11, 23, 9)) == local(2026, 11, 26, 16)


def test_a_saturday_with_hours_is_a_working_day(clinic: Clinic) -> None:
    opens(clinic, "Main", (4, 9, 16), (5, 10, 14))
    assert calendar_of(clinic).reply_by(local(2026, 11, 27, 9)) == local(2026, 11, 28, 14)


def test_closures_are_read(clinic: Clinic) -> None:
    opens(clinic, "Main", (1, 9, 16), (2, 9, 16))
    Closure.objects.create(
        clinic=clinic, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 24), reason="Course"
    )
    assert calendar_of(clinic).reply_by(local(2026, 11, 23, 9)) == local(2026, 11, 25, 16)


def test_without_hours_or_clinic_the_usual_week_holds(clinic: Clinic) -> None:
    assert calendar_of(clinic).reply_by(local(2026, 11, 23, 9)) == local(2026, 11, 24, 17)
    assert calendar_of(None).reply_by(local(2026, 11, 23, 9)) == local(2026, 11, 24, 17)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (local(2026, 11, 24, 17), "Tuesday 24 November, 5 pm"),
        (local(2026, 12, 1, 17, 30), "Tuesday 1 December, 5:30 pm"),
        (local(2026, 12, 1, 12), "Tuesday 1 December, noon"),
        (local(2026, 12, 1, 0, 5), "Tuesday 1 December, 12:05 am"),
        (datetime(2026, 11, 25, 0, tzinfo=UTC), "Tuesday 24 November, 5 pm"),
    ],
)
def test_times_in_words(at: datetime, words: str) -> None:
    assert in_words(at) == words
