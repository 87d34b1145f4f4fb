"""`check --deploy` names whose password alone opens the site, once the site is public."""

from typing import Any

import pytest
from django.core.management import call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.staff.roles import EDITOR, FRONT_DESK, OWNER
from tests.staff.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(settings: Any, capsys: pytest.CaptureFixture[str]) -> Any:
    """What the check says of a public site."""
    settings.SITE_URL = "https://clinic.example"
    settings.SECOND_FACTOR_REQUIRED = True

    def ask() -> str:
        call_command("check", "--deploy", "--database", "default", "--fail-level", "CRITICAL")
        return capsys.readouterr().err

    return ask


def test_owners_and_front_desk_without_one_are_named_and_nobody_else(said: Any) -> None:
    person("zoe", OWNER)
    person("desk", FRONT_DESK)
    person("editor", EDITOR)
    person("gone", OWNER, is_staff=False)
    assert "no second factor for desk, zoe." in said()


def test_who_only_began_to_set_one_up_is_named_too(said: Any) -> None:
    TOTPDevice.objects.create(user=person("zoe", OWNER), confirmed=False)
    assert "staff.W001" in said()


def test_owners_with_one_are_fine(said: Any) -> None:
    TOTPDevice.objects.create(user=person("zoe", OWNER))
    assert "staff.W001" not in said()


def test_a_site_without_https_is_not_public(said: Any, settings: Any) -> None:
    settings.SITE_URL = "http://localhost:8000"
    person("zoe", OWNER)
    assert "staff.W001" not in said()


def test_it_says_so_where_nobody_is_made_to_have_one(said: Any, settings: Any) -> None:
    assert "staff.W002" not in said()
    settings.SECOND_FACTOR_REQUIRED = False
    assert "staff.W002" in said()
