"""Owners and the front desk need a second factor where the site is public, two weeks after they first needed it."""

from collections.abc import Mapping
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site import env
from clinic_site.staff.models import SecondFactorDeadline, StaffEvent
from clinic_site.staff.roles import EDITOR, FRONT_DESK, OWNER, REVIEWER
from clinic_site.staff.second_factor.policy import start_deadlines
from tests.staff.conftest import Later
from tests.staff.people import person, sign_in

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


@pytest.fixture(autouse=True)
def needed(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def goes_to_set_up(client: Client) -> bool:
    response = client.get(INDEX)
    return bool(response.get("Location", "").startswith(reverse("staff:set-up")))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"SITE_URL": "https://clinic.example"}, True),
        ({"SITE_URL": "http://localhost:8000"}, False),
        ({"SITE_URL": "https://clinic.example", "SECOND_FACTOR_REQUIRED": "0"}, False),
    ],
)
def test_https_makes_it_the_default(given: Mapping[str, str], wanted: bool, tmp_path: Any) -> None:
    read = env.read({"DATA_DIR": str(tmp_path), **given})
    assert read.second_factor_required is wanted


@pytest.mark.parametrize("role", [OWNER, FRONT_DESK])
def test_they_have_two_weeks(client: Client, role: str, later: Later) -> None:
    person("anna", role)
    sign_in(client, "anna")
    assert not goes_to_set_up(client)
    later(days=13)
    sign_in(client, "anna")
    assert not goes_to_set_up(client)
    later(days=2)
    sign_in(client, "anna")
    assert goes_to_set_up(client)


@pytest.mark.parametrize("role", [EDITOR, REVIEWER])
def test_others_may_go_without(client: Client, role: str, later: Later) -> None:
    person("anna", role)
    start_deadlines()
    later(days=30)
    sign_in(client, "anna")
    assert client.get(INDEX).status_code == 200


def test_the_time_runs_for_an_account_that_nobody_uses(client: Client, later: Later) -> None:
    person("anna", OWNER)
    assert start_deadlines() == 1
    assert start_deadlines() == 0
    later(days=15)
    sign_in(client, "anna")
    assert goes_to_set_up(client)


def test_the_first_page_says_until_when(client: Client) -> None:
    person("anna", OWNER)
    sign_in(client, "anna")
    day = timezone.localtime(timezone.now() + timedelta(days=14))
    assert f"from {day.day} {day:%B} on you need it" in client.get(INDEX).content.decode()


def test_another_role_later_has_its_own_two_weeks(client: Client, later: Later) -> None:
    editor = person("anna", EDITOR)
    start_deadlines()
    later(days=30)
    editor.groups.set(person("owner", OWNER).groups.all())
    sign_in(client, "anna")
    assert not goes_to_set_up(client)


def test_the_command_lets_somebody_in_who_lost_everything(client: Client, later: Later) -> None:
    anna = person("anna", OWNER)
    TOTPDevice.objects.create(user=anna)
    start_deadlines()
    later(days=30)
    sign_in(client, "anna")
    assert client.get(INDEX)["Location"].startswith(reverse("staff:verify"))
    said = StringIO()
    call_command("recover_account", "anna", stdout=said)
    assert client.get(INDEX)["Location"].startswith(reverse("admin:login"))
    sign_in(client, "anna")
    assert client.get(INDEX).status_code == 200
    assert "two weeks" in said.getvalue()
    assert StaffEvent.objects.filter(kind="factor_removed", user=anna).exists()


def test_the_command_knows_who_is_there() -> None:
    with pytest.raises(CommandError, match="No account has the name nobody"):
        call_command("recover_account", "nobody")


def test_nobody_is_made_to_where_the_clinic_says_so(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    person("anna", OWNER)
    sign_in(client, "anna")
    assert client.get(INDEX).status_code == 200
    assert start_deadlines() == 0
    assert not SecondFactorDeadline.objects.exists()
