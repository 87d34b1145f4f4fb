"""`check --deploy` refuses sample details, and only it does."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from clinic_site.clinic.models import Clinic, Location

pytestmark = pytest.mark.django_db


def faults(**options: Any) -> str:
    try:
        call_command("check", "--deploy", "--database", "default", **options)
    except SystemCheckError as error:
        return str(error)
    return ""


def make_real() -> None:
    Clinic.objects.update(name="North Clinic", phone="604-555-4299", email="a@north.ca")
    Location.objects.update(street="12 Main Street")


def test_sample_details_are_an_error(published: Any) -> None:
    Clinic.objects.update(name="IMS Dry Needling BC", phone="604-555-0142")
    said = faults()
    assert "clinic.E001" in said
    assert "the name, the address, the phone number, the e-mail address" in said


def test_real_details_are_fine(published: Any) -> None:
    make_real()
    assert "clinic.E001" not in faults()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"phone": "604-555-0142"}, "clinic: the phone number."),
        ({"phone": "(604) 555-0107"}, "clinic: the phone number."),
        ({"email": "hello@clinic.example"}, "clinic: the e-mail address."),
        ({"name": "IMS Dry Needling BC"}, "clinic: the name."),
    ],
)
def test_one_sample_is_enough(published: Any, change: dict[str, str], words: str) -> None:
    make_real()
    Clinic.objects.update(**change)
    assert words in faults()


def test_a_plain_check_says_nothing(published: Any) -> None:
    call_command("check")
