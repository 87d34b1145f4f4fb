"""content/clinic.md and the clinic's tables say the same, and each can be changed."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from clinic_site.clinic.file_mapping import canonical_details, current_details, take_in
from clinic_site.clinic.models import Clinic, Closure, Hours, Location

PLACE = {
    "name": "Main Street",
    "street": "100 Sample Street",
    "city": "Vancouver",
    "province": "BC",
    "postal_code": "V0V 0V0",
    "hours": {"friday": ["13:00-17:00", "09:00-12:00"], "monday": ["09:00-17:00"], "sunday": []},
}
DETAILS: dict[str, Any] = {
    "name": "The Clinic",
    "phone": "604-555-0142",
    "email": "hello@clinic.example",
    "locations": [PLACE],
    "closures": [{"from": date(2026, 12, 24), "to": "2026-12-28", "reason": "Winter holidays"}],
}
FILE = """---
layout: clinic
title: Find us
name: The Clinic
phone: {phone}
email: hello@clinic.example
locations:
  - name: Main Street
    street: {street}
    city: Vancouver
    province: BC
    postal_code: V0V 0V0
    hours:
      monday: ["09:00-17:00"]
---
"""


@pytest.fixture
def clinic(db: None) -> Clinic:
    return take_in(details=canonical_details(DETAILS))


def test_the_tables_say_what_the_file_said(clinic: Clinic) -> None:
    assert current_details() == canonical_details(DETAILS)
    assert (clinic.name, clinic.phone) == ("The Clinic", "604-555-0142")
    spans = Hours.objects.values_list("weekday", "opens", "closes")
    assert list(spans) == [
        (0, time(9), time(17)),
        (4, time(9), time(12)),
        (4, time(13), time(17)),
    ]
    assert Closure.objects.get().ends_on == date(2026, 12, 28)


def test_before_there_is_a_clinic_nothing_is_told(db: None) -> None:
    assert current_details() == {}


def test_the_order_of_hours_and_closures_does_not_matter() -> None:
    week = {"monday": ["09:00-17:00"], "friday": ["09:00-12:00", "13:00-17:00"]}
    assert canonical_details(
        {**DETAILS, "locations": [{**PLACE, "hours": week}]}
    ) == canonical_details(DETAILS)


def test_taking_the_same_in_again_keeps_the_rows(clinic: Clinic) -> None:
    before = (Location.objects.get().pk, Closure.objects.get().pk)
    take_in(details=canonical_details(DETAILS))
    assert (Location.objects.get().pk, Closure.objects.get().pk) == before


def test_what_is_no_longer_told_goes(clinic: Clinic) -> None:
    take_in(
        details=canonical_details(
            {**DETAILS, "locations": [{**PLACE, "name": "New"}], "closures": []}
        )
    )
    assert Location.objects.get().name == "New"
    assert not Closure.objects.exists()


def test_places_trade_names_and_one_takes_the_name_of_another_that_goes(clinic: Clinic) -> None:
    def tell(*places: tuple[str, str]) -> set[tuple[str, str]]:
        rows = [PLACE | {"slug": slug, "name": name} for slug, name in places]
        take_in(details=canonical_details(DETAILS | {"locations": rows}))
        return set(Location.objects.values_list("slug", "name"))

    assert tell(("one", "North"), ("two", "South")) == {("one", "North"), ("two", "South")}
    assert tell(("one", "South"), ("two", "North")) == {("one", "South"), ("two", "North")}
    assert tell(("one", "North")) == {("one", "North")}
    assert tell(("new", "North")) == {("new", "North")}


def test_keys_that_are_not_given_stay(clinic: Clinic) -> None:
    take_in(details={"phone": "604-555-0199"})
    assert current_details() == canonical_details({**DETAILS, "phone": "604-555-0199"})


@pytest.mark.parametrize(
    "change",
    [{"email": "nobody"}, {"name": "N" * 121}, {"locations": [{**PLACE, "postal_code": "V" * 13}]}],
)
def test_a_value_that_its_column_cannot_hold_is_refused(
    clinic: Clinic, change: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        take_in(details=canonical_details(DETAILS | change))
    assert current_details() == canonical_details(DETAILS)


@pytest.fixture
def file(db: None, tmp_path: Path, settings: Any) -> Path:
    """content/clinic.md, taken in."""
    settings.CONTENT_DIR = tmp_path
    target = tmp_path / "clinic.md"
    target.write_text(FILE.format(phone="604-555-0142", street="1 First Street"))
    call_command("sync_content", verbosity=0)
    return target


def test_the_file_fills_the_tables(file: Path) -> None:
    assert Clinic.objects.get().phone == "604-555-0142"
    assert Location.objects.get().street == "1 First Street"


def test_what_staff_changed_in_the_tables_stays(file: Path) -> None:
    Clinic.objects.update(phone="604-555-0100")
    file.write_text(FILE.format(phone="604-555-0142", street="2 Second Street"))
    call_command("sync_content", verbosity=0)
    assert Clinic.objects.get().phone == "604-555-0100"
    assert Location.objects.get().street == "2 Second Street"


def test_a_disagreement_over_the_clinic_is_a_conflict(file: Path) -> None:
    Clinic.objects.update(phone="604-555-0100")
    file.write_text(FILE.format(phone="604-555-0111", street="1 First Street"))
    with pytest.raises(CommandError, match="1 conflict"):
        call_command("sync_content", verbosity=0)
    assert Clinic.objects.get().phone == "604-555-0100"


def test_an_export_tells_what_the_tables_say(file: Path) -> None:
    Clinic.objects.update(phone="604-555-0100")
    call_command("export_content", verbosity=0)
    assert file.read_text() == FILE.format(phone="604-555-0100", street="1 First Street")
