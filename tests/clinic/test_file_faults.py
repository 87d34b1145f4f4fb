"""Hours and closures in content/clinic.md that cannot be: each told with its line, and nothing is taken in."""

from collections.abc import Callable

import pytest

from clinic_site.clinic.models import Clinic, Closure, Hours
from tests.clinic.test_file_mapping import FILE

TEXT = FILE.format(phone="604-555-0142", street="1 First Street")
WEEK = '["09:00-17:00"]'
TakeIn = Callable[[str], str]


def with_closures(*closures: str) -> str:
    rows = "".join(f"  - {{{one}}}\n" for one in closures)
    return TEXT.replace("locations:", f"closures:\n{rows}locations:")


@pytest.mark.parametrize(
    ("closures", "sentence"),
    [
        (
            [
                "from: 2026-12-24, to: 2026-12-28, reason: Winter",
                "from: 2026-12-24, to: 2026-12-28, reason: Christmas",
            ],
            "entry 2: 2026-12-24 to 2026-12-28 is told twice; keep one of the two",
        ),
        (
            [
                "from: 2026-12-24, to: 2026-12-28, reason: Winter",
                "from: 2026-12-28, to: 2026-12-30, reason: New floors",
            ],
            "entry 2: 2026-12-28 to 2026-12-30 and 2026-12-24 to 2026-12-28 share days; write one",
        ),
        (
            ["from: 2026-12-24, to: 2026-12-20, reason: Winter"],
            "entry 1: “to” is before “from”; put the days right",
        ),
        (["from: 2026-12-24, to: 9999-12-31, reason: Winter"], "from 2000 to 2100"),
        (["from: 0001-01-01, to: 2026-12-31, reason: Winter"], "from 2000 to 2100"),
    ],
)
def test_closures_that_cannot_be(take_file_in: TakeIn, closures: list[str], sentence: str) -> None:
    said = take_file_in(with_closures(*closures))
    assert "clinic.md:" in said
    assert sentence in said
    assert not Clinic.objects.exists()


def test_closures_on_other_days_may_have_the_same_reason(take_file_in: TakeIn) -> None:
    days = ("from: 2026-12-24, to: 2026-12-24", "from: 2026-12-25, to: 2026-12-26")
    assert take_file_in(with_closures(*(f"{one}, reason: Winter" for one in days))) == ""
    assert Closure.objects.count() == 2


@pytest.mark.parametrize(
    "week", ['["09:00-17:00", "16:00-18:00"]', '["09:00-17:00", "09:00-17:00"]']
)
def test_hours_that_overlap(take_file_in: TakeIn, week: str) -> None:
    said = take_file_in(TEXT.replace(WEEK, week))
    assert "clinic.md:7: “locations”: " in said
    assert "overlap; write one stretch, or put the times right" in said
    assert not Clinic.objects.exists()


def test_hours_that_touch_do_not_overlap(take_file_in: TakeIn) -> None:
    assert take_file_in(TEXT.replace(WEEK, '["12:00-17:00", "09:00-12:00"]')) == ""
    assert Hours.objects.count() == 2


ANNA = "practitioners:\n  - {name: Anna Lee, title: Physiotherapist, register: 'https://example.ca/1', %s}\n"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("places: [{place: Nowhere}]", "Anna Lee: there is no place “Nowhere” among the locations"),
        (
            "places: [{place: Main Street}, {place: Main Street, days: [monday]}]",
            "Anna Lee: the place “Main Street” stands twice; keep one of the two",
        ),
        (f"languages: [{'x' * 500}]", "has 500 characters; write 200 or fewer"),
        ("slug: Anna Lee", "write small letters, digits and single hyphens"),
        ("photo: anna.jpg", "write a picture of the library by its number, such as image:12"),
        ("areas: [wing]", "entry 1"),
        ("needling_authorised_on: 2099-01-01", "This day is still to come"),
    ],
)
def test_people_that_cannot_be(take_file_in: TakeIn, told: str, sentence: str) -> None:
    said = take_file_in(TEXT.replace("locations:", f"{ANNA % told}locations:"))
    assert "clinic.md:7: “practitioners”: " in said
    assert sentence in said
    assert not Clinic.objects.exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("latitude: 49.2", "Main Street: give both latitude and longitude, or neither"),
        ("latitude: 490, longitude: 1", "Main Street: a latitude is between -90 and 90"),
        ("latitude: 49, longitude: -1230", "Main Street: a longitude is between -180 and 180"),
        ("email: nothing", "Main Street: email: Enter a valid email address."),
        ("phone: call us", "“call us” has letters in it; write digits"),
    ],
)
def test_places_that_cannot_be(take_file_in: TakeIn, told: str, sentence: str) -> None:
    rows = "".join(f"    {one}\n" for one in told.split(", "))
    said = take_file_in(TEXT.replace("    hours:", f"{rows}    hours:"))
    assert "clinic.md:7: “locations”: " in said
    assert sentence in said
    assert not Clinic.objects.exists()
