"""Guesses at one name from many addresses are held off, and nobody is kept out of their own account by them."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client

from clinic_site.staff.models import KnownDevice
from clinic_site.staff.roles import EDITOR
from clinic_site.staff.sessions.known_devices import drop_old_devices
from tests.staff.conftest import Later
from tests.staff.people import person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db: None) -> User:
    return person("anna", EDITOR)


def attack(name: str = "anna", *, addresses: int = 12, each: int = 5) -> list[int]:
    """What strangers are answered who guess from many addresses."""
    return [
        sign_in(
            Client(), name, f"guess {address} {turn}", REMOTE_ADDR=f"192.0.2.{address}"
        ).status_code
        for address in range(1, addresses + 1)
        for turn in range(each)
    ]


def test_twelve_addresses_with_five_guesses_each_get_twenty_guesses_together(anna: User) -> None:
    answers = attack()
    assert answers[:4] == [200] * 4
    assert sum(row.failures_since_start for row in AccessAttempt.objects.all()) == 20
    assert set(answers[20:]) == {429}


def test_the_right_password_from_an_unknown_device_waits_meanwhile(anna: User) -> None:
    attack()
    assert sign_in(Client(), "anna", REMOTE_ADDR="198.51.100.7").status_code == 429


def test_the_owner_of_the_name_gets_in_on_a_device_that_they_used_before(
    client: Client, anna: User
) -> None:
    sign_in(client, "anna")
    client.post("/admin/logout/")
    attack()
    assert sign_in(client, "anna").status_code == 302


def test_guesses_on_a_known_device_are_limited_too(client: Client, anna: User) -> None:
    sign_in(client, "anna")
    client.post("/admin/logout/")
    answers = [
        sign_in(client, "anna", "wrong", REMOTE_ADDR=f"192.0.2.{turn}").status_code
        for turn in range(1, 7)
    ]
    assert answers == [200, 200, 200, 200, 429, 429]
    assert sign_in(client, "anna").status_code == 429


def test_a_device_that_somebody_else_is_known_on_is_a_strangers(client: Client, anna: User) -> None:
    person("mallory", EDITOR)
    sign_in(client, "mallory")
    client.post("/admin/logout/")
    attack()
    assert sign_in(client, "anna").status_code == 429


@pytest.mark.parametrize("key", ["", "x", "A" * 43, "\x00" * 43])
def test_a_made_up_cookie_is_a_strangers(anna: User, settings: Any, key: str) -> None:
    attack()
    stranger = Client()
    stranger.cookies[settings.DEVICE_COOKIE_NAME] = key
    assert sign_in(stranger, "anna").status_code == 429


def test_another_name_is_not_held_off(anna: User) -> None:
    person("zoe", EDITOR)
    attack()
    assert sign_in(Client(), "zoe").status_code == 302


def test_the_key_of_a_device_is_not_in_the_database(
    client: Client, anna: User, settings: Any
) -> None:
    sign_in(client, "anna")
    key = client.cookies[settings.DEVICE_COOKIE_NAME].value
    assert len(key) == 43
    assert key not in str(vars(KnownDevice.objects.get()))


def test_the_cookie_goes_to_the_admin_alone_and_no_script_reads_it(
    client: Client, anna: User, settings: Any
) -> None:
    cookie = sign_in(client, "anna").cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")


def test_a_wrong_password_makes_no_device_known(client: Client, anna: User, settings: Any) -> None:
    sign_in(client, "anna", "wrong")
    assert settings.DEVICE_COOKIE_NAME not in client.cookies
    assert not KnownDevice.objects.exists()


def test_devices_are_forgotten_half_a_year_after_the_last_sign_in(
    client: Client, anna: User, later: Later
) -> None:
    sign_in(client, "anna")
    later(days=179)
    assert drop_old_devices() == 0
    later(days=2)
    assert drop_old_devices() == 1
