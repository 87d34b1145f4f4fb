"""Sign-in: throttled without keeping anybody's address, and a second factor that holds the door."""

import re
from base64 import b32decode
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.staff.roles import EDITOR
from clinic_site.staff.sign_in.login_throttling import drop_old_attempts
from tests.staff import people
from tests.staff.people import PASSWORD, person

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


def sign_in(client: Client, password: str = PASSWORD, **headers: Any) -> Any:
    return people.sign_in(client, "anna", password, **headers)


@pytest.fixture
def anna(db: None) -> User:
    return person("anna", EDITOR)


def test_the_right_password_opens_the_admin(client: Client, anna: User) -> None:
    assert sign_in(client)["Location"] == INDEX
    assert client.get(INDEX).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\\\evil.example", "javascript:alert(1)", ""],
)
def test_an_address_that_is_not_ours_leads_to_the_first_page(
    client: Client, anna: User, address: str
) -> None:
    data = {"username": "anna", "password": PASSWORD, "next": address}
    assert client.post(reverse("admin:login"), data)["Location"] == INDEX


def test_the_sixth_try_is_told_to_wait_even_with_the_right_password(
    client: Client, anna: User
) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    response = sign_in(client)
    assert response.status_code == 429
    assert "Please wait a quarter of an hour" in response.content.decode()
    assert client.get(INDEX).status_code == 302


def test_another_address_may_still_sign_in(client: Client, anna: User) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    assert sign_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_no_address_is_kept(client: Client, anna: User) -> None:
    sign_in(client, "wrong", REMOTE_ADDR="192.0.2.7")
    kept = AccessAttempt.objects.get()
    assert kept.ip_address.startswith("fd")
    assert "192.0.2.7" not in str(vars(kept))
    assert "wrong" not in str(vars(kept))


def test_old_failures_are_forgotten(client: Client, anna: User) -> None:
    sign_in(client, "wrong")
    assert drop_old_attempts() == 0
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=2))
    assert drop_old_attempts() == 1


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012", "anna-example"])
def test_weak_passwords_are_refused(anna: User, password: str) -> None:
    anna.username = "anna-example"
    with pytest.raises(ValidationError):
        validate_password(password, anna)


KEY = re.compile(r"secret=([A-Z2-7]+)")


def code_from(response: Any) -> str:
    """What an authenticator app shows that has scanned this page's key."""
    return f"{totp(b32decode(KEY.search(response.content.decode())[1])):06}"


def set_up(client: Client, user: User) -> Any:
    client.force_login(user)
    code = code_from(client.get(reverse("staff:set-up")))
    return client.post(reverse("staff:set-up"), {"code": code})


def test_setting_it_up_takes_a_right_code_and_gives_ten_backup_codes(
    client: Client, anna: User
) -> None:
    client.force_login(anna)
    code = code_from(client.get(reverse("staff:set-up")))
    assert client.post(reverse("staff:set-up"), {"code": "000000x"}).status_code == 422
    assert not TOTPDevice.objects.exists()
    response = client.post(reverse("staff:set-up"), {"code": code})
    assert len(response.context["codes"]) == 10
    assert client.get(INDEX).status_code == 200


def test_each_set_up_page_has_a_new_key_and_the_one_before_is_void(
    client: Client, anna: User
) -> None:
    client.force_login(anna)
    first, second = (client.get(reverse("staff:set-up")) for _ in range(2))
    assert KEY.search(first.content.decode())[1] != KEY.search(second.content.decode())[1]
    assert client.post(reverse("staff:set-up"), {"code": code_from(first)}).status_code == 422
    assert client.post(reverse("staff:set-up"), {"code": code_from(second)}).status_code == 200


def test_a_wrong_code_does_not_show_the_key_again(client: Client, anna: User) -> None:
    client.force_login(anna)
    client.get(reverse("staff:set-up"))
    response = client.post(reverse("staff:set-up"), {"code": "12345x"})
    assert (response.status_code, KEY.search(response.content.decode())) == (422, None)
    assert f'href="{reverse("staff:set-up")}"' in response.content.decode()


def test_a_key_that_somebody_else_read_before_the_owner_set_up_opens_nothing(
    client: Client, anna: User
) -> None:
    thief = Client()
    thief.force_login(anna)
    stolen = code_from(thief.get(reverse("staff:set-up")))
    set_up(client, anna)
    for path in ("staff:set-up", "staff:verify"):
        thief.post(reverse(path), {"code": stolen})
    assert thief.get(INDEX)["Location"].startswith(reverse("staff:verify"))
    assert TOTPDevice.objects.count() == 1


def test_without_a_page_that_showed_a_key_there_is_none_to_confirm(
    client: Client, anna: User
) -> None:
    client.force_login(anna)
    response = client.post(reverse("staff:set-up"), {"code": "123456"})
    assert response["Location"] == reverse("staff:set-up")
    assert not TOTPDevice.objects.exists()


def test_the_code_that_set_it_up_does_not_sign_in_too(client: Client, anna: User) -> None:
    client.force_login(anna)
    code = code_from(client.get(reverse("staff:set-up")))
    client.post(reverse("staff:set-up"), {"code": code})
    client.logout()
    client.force_login(anna)
    assert client.post(reverse("staff:verify"), {"code": code}).status_code == 422


def test_the_password_alone_opens_nothing_any_more(client: Client, anna: User) -> None:
    set_up(client, anna)
    client.logout()
    sign_in(client)
    for path in (INDEX, "/admin/pages/page/", reverse("staff:second-factor"), "/admin/no-such/"):
        assert client.get(path)["Location"].startswith(reverse("staff:verify")), path
    assert client.post(reverse("staff:remove"))["Location"].startswith(reverse("staff:verify"))
    assert TOTPDevice.objects.filter(confirmed=True).exists()


def test_a_backup_code_opens_once(client: Client, anna: User) -> None:
    backup = set_up(client, anna).context["codes"][0]
    for expected in (302, 422):
        client.logout()
        client.force_login(anna)
        url = reverse("staff:verify") + "?next=/admin/pages/page/"
        response = client.post(url, {"code": backup.upper(), "next": "/admin/pages/page/"})
        assert response.status_code == expected


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_back_stays_on_the_site(client: Client, anna: User, place: str) -> None:
    code = set_up(client, anna).context["codes"][0]
    client.logout()
    client.force_login(anna)
    data = {"code": code, "next": place}
    assert client.post(reverse("staff:verify"), data)["Location"] == INDEX


def test_the_database_does_not_tell_a_backup_code(client: Client, anna: User) -> None:
    codes = set_up(client, anna).context["codes"]
    kept = " ".join(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == StaticToken.objects.count() == 10
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_what_the_database_keeps_of_a_backup_code_opens_nothing(client: Client, anna: User) -> None:
    set_up(client, anna)
    client.logout()
    client.force_login(anna)
    kept = StaticToken.objects.first().token
    assert client.post(reverse("staff:verify"), {"code": kept}).status_code == 422


def test_removing_it_takes_a_code_first(client: Client, anna: User) -> None:
    set_up(client, anna)
    client.post(reverse("staff:remove"), {"fresh_password": PASSWORD})
    assert not TOTPDevice.objects.exists()
