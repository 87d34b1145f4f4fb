"""The clinic's hours are remembered for a moment, and no longer."""

from datetime import date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from clinic_site.clinic import opening_cache
from clinic_site.clinic.models import Clinic, Closure
from clinic_site.clinic.opening_cache import opening
from clinic_site.clinic.reply_by import VANCOUVER

MONDAY = datetime(2026, 11, 23, 9, tzinfo=VANCOUVER)


@pytest.fixture
def clinic(db: None) -> Clinic:
    return Clinic.objects.create(pk=1, name="Clinic", phone="604-555-0142", email="a@example.ca")


def test_what_was_just_read_is_not_read_again(
    clinic: Clinic,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    opening()
    monkeypatch.setattr(opening_cache, "READ_EVERY", 60.0)
    with django_assert_num_queries(0):
        assert opening().clinic == clinic


def test_a_closure_counts_once_it_is_read_again(clinic: Clinic) -> None:
    opening()
    day = date(2026, 11, 24)
    Closure.objects.create(clinic=clinic, starts_on=day, ends_on=day, reason="Course")
    assert opening().calendar.reply_by(MONDAY) == datetime.combine(
        date(2026, 11, 25), time(17), VANCOUVER
    )


def test_a_site_without_a_clinic_has_the_usual_week(db: None) -> None:
    assert opening().clinic is None
    assert opening().calendar.reply_by(MONDAY).hour == 17
