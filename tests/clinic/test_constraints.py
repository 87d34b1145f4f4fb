"""The rules that the database keeps for the clinic, each by its name."""

from datetime import date, time

import pytest
from django.db import IntegrityError

from clinic_site.clinic.models import Clinic, Closure, Hours, Location


@pytest.fixture
def clinic(db: None) -> Clinic:
    return Clinic.objects.create(pk=1, name="C", phone="1", email="a@b.ca")


@pytest.fixture
def place(clinic: Clinic) -> Location:
    return Location.objects.create(clinic=clinic, name="Main Street")


def test_clinic_is_one(clinic: Clinic) -> None:
    with pytest.raises(IntegrityError, match="clinic_is_one"):
        Clinic.objects.create(pk=2, name="D", phone="1", email="a@b.ca")


def test_location_has_its_own_name(place: Location) -> None:
    with pytest.raises(IntegrityError, match=r"location_has_its_own_name|clinic_location.name"):
        Location.objects.create(clinic=place.clinic, name="Main Street", slug="other")


@pytest.mark.parametrize("closes", [time(9), time(8, 59)])
def test_hours_end_after_start(place: Location, closes: time) -> None:
    with pytest.raises(IntegrityError, match="hours_end_after_start"):
        Hours.objects.create(location=place, weekday=0, opens=time(9), closes=closes)


def test_hours_weekday_is_0_to_6(place: Location) -> None:
    with pytest.raises(IntegrityError, match="hours_weekday_is_0_to_6"):
        Hours.objects.create(location=place, weekday=7, opens=time(9), closes=time(10))


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(date(1999, 12, 31), date(2026, 1, 1)), (date(2026, 1, 1), date(2101, 1, 1))],
)
def test_closure_within_calendar(clinic: Clinic, starts_on: date, ends_on: date) -> None:
    with pytest.raises(IntegrityError, match="closure_within_calendar"):
        Closure.objects.create(clinic=clinic, starts_on=starts_on, ends_on=ends_on, reason="Long")


def test_closure_told_once(clinic: Clinic) -> None:
    days = {"starts_on": date(2026, 12, 24), "ends_on": date(2026, 12, 28)}
    Closure.objects.create(clinic=clinic, **days, reason="Winter holidays")
    with pytest.raises(IntegrityError, match=r"closure_told_once|starts_on, clinic_closure"):
        Closure.objects.create(clinic=clinic, **days, reason="Christmas")


def test_closure_ends_after_start(clinic: Clinic) -> None:
    day = date(2026, 12, 24)
    Closure.objects.create(clinic=clinic, starts_on=day, ends_on=day, reason="One day")
    with pytest.raises(IntegrityError, match="closure_ends_after_start"):
        Closure.objects.create(
            clinic=clinic, starts_on=day, ends_on=date(2026, 12, 23), reason="Backwards"
        )
