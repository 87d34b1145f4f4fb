"""The second factor is asked for once in twelve hours on a device, and at once where something is not as before."""

import re
from base64 import b32decode
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.staff.roles import EDITOR, OWNER
from tests.staff.conftest import Later
from tests.staff.people import person, sign_in

pytestmark = pytest.mark.django_db
INDEX = "/admin/"
KEY = re.compile(r"secret=([A-Z2-7]+)")


@pytest.fixture
def anna(db: None) -> User:
    return person("anna", EDITOR)


@pytest.fixture
def codes(client: Client, anna: User) -> list[str]:
    """Backup codes of Anna, who has just set up her second factor in this browser."""
    sign_in(client, "anna")
    page = client.get(reverse("staff:set-up")).content.decode()
    key = KEY.search(page)
    assert key
    answer = client.post(reverse("staff:set-up"), {"code": f"{totp(b32decode(key[1])):06}"})
    found: list[str] = answer.context["codes"]
    return found


def is_asked(client: Client) -> bool:
    return bool(client.get(INDEX).get("Location", "").startswith(reverse("staff:verify")))


def come_back(client: Client) -> bool:
    """Whether the code is asked for after name and password."""
    sign_in(client, "anna")
    return is_asked(client)


def test_coming_back_on_the_same_device_takes_the_password_only(
    client: Client, codes: list[str], later: Later
) -> None:
    later(minutes=31)
    assert not come_back(client)
    assert client.get(INDEX).status_code == 200


def test_after_twelve_hours_the_code_is_asked_for_again(
    client: Client, codes: list[str], later: Later
) -> None:
    later(hours=11, minutes=58)
    assert not come_back(client)
    later(minutes=31)
    assert come_back(client)


def test_another_device_takes_the_code(codes: list[str]) -> None:
    other = Client()
    assert come_back(other)
    other.post(reverse("staff:verify"), {"code": codes[0]})
    assert other.get(INDEX).status_code == 200


def test_the_password_alone_makes_no_device_known(codes: list[str], settings: Any) -> None:
    other = Client()
    come_back(other)
    assert settings.DEVICE_COOKIE_NAME not in other.cookies


def test_signing_out_asks_for_the_code_the_next_time(client: Client, codes: list[str]) -> None:
    client.post(reverse("admin:logout"))
    assert come_back(client)


def test_an_end_from_elsewhere_asks_for_the_code_there(
    client: Client, codes: list[str], later: Later
) -> None:
    other = Client()
    come_back(other)
    other.post(reverse("staff:verify"), {"code": codes[0]})
    other.post(reverse("staff:end-others"))
    assert come_back(client)


def test_a_factor_that_was_taken_off_and_set_up_anew_is_asked_for(
    client: Client, codes: list[str], anna: User, later: Later
) -> None:
    TOTPDevice.objects.filter(user=anna).delete()
    TOTPDevice.objects.create(user=anna)
    later(minutes=31)
    assert come_back(client)


def test_somebody_elses_code_on_the_same_device_does_not_count(
    client: Client, codes: list[str], later: Later
) -> None:
    zoe = person("zoe", OWNER)
    TOTPDevice.objects.create(user=zoe)
    later(minutes=31)
    sign_in(client, "zoe")
    assert is_asked(client)
