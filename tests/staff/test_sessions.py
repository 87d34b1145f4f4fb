"""A session ends by itself, is prolonged by taps alone, and is seen and ended from anywhere."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clinic_site.staff.models import StaffSession
from clinic_site.staff.roles import EDITOR, OWNER
from clinic_site.staff.sessions.open_sessions import drop_old_sessions
from tests.staff.conftest import Later
from tests.staff.people import PASSWORD, person, sign_in

pytestmark = pytest.mark.django_db
INDEX, SESSIONS = "/admin/", "/admin/sessions/"
NAME = re.compile(r'name="session" value="(\w+)"')
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


def is_in(client: Client) -> bool:
    return client.get(INDEX).status_code == 200


@pytest.fixture
def anna(db: None) -> User:
    return person("anna", EDITOR)


@pytest.fixture
def at_desk(client: Client, anna: User) -> Client:
    """A browser in which Anna is signed in."""
    sign_in(client, "anna", HTTP_USER_AGENT=FIREFOX)
    return client


def test_thirty_minutes_without_a_tap_end_it(at_desk: Client, later: Later) -> None:
    later(minutes=29)
    assert is_in(at_desk)
    later(minutes=29)
    assert is_in(at_desk)
    later(minutes=31)
    assert not is_in(at_desk)


def test_a_page_that_keeps_itself_up_to_date_does_not_prolong_it(
    at_desk: Client, later: Later
) -> None:
    for _ in range(4):
        later(minutes=9)
        at_desk.get(INDEX, headers={"X-Background": "1"})
    assert not is_in(at_desk)


def test_twelve_hours_after_the_sign_in_it_ends_in_the_middle_of_work(
    at_desk: Client, later: Later
) -> None:
    for _ in range(35):
        later(minutes=20)
        assert is_in(at_desk)
    later(minutes=21)
    assert not is_in(at_desk)


def test_taps_within_a_minute_are_one_write(at_desk: Client, later: Later) -> None:
    later(minutes=2)
    at_desk.get(INDEX)
    before = StaffSession.objects.get().seen_at
    at_desk.get(INDEX)
    assert StaffSession.objects.get().seen_at == before


def test_each_sees_their_own_sessions_by_the_name_of_the_browser(at_desk: Client) -> None:
    sign_in(Client(), "anna")
    page = at_desk.get(SESSIONS).content.decode()
    assert "Firefox on Linux" in page
    assert "this browser" in page
    assert len(NAME.findall(page)) == 1


def test_nobody_sees_those_of_others(at_desk: Client) -> None:
    person("zoe", EDITOR)
    sign_in(Client(), "zoe")
    assert "zoe" not in at_desk.get(SESSIONS).content.decode()


def test_no_key_of_a_session_stands_on_the_page(at_desk: Client) -> None:
    sign_in(Client(), "anna")
    page = at_desk.get(SESSIONS).content.decode()
    assert not any(row.session_key in page for row in StaffSession.objects.all())


def test_one_ends_ones_own_session_elsewhere(at_desk: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "anna")
    name = NAME.search(at_desk.get(SESSIONS).content.decode())
    assert name
    at_desk.post(reverse("staff:end-session"), {"session": name[1]})
    assert (is_in(elsewhere), is_in(at_desk)) == (False, True)


def test_one_ends_all_others_at_once(at_desk: Client) -> None:
    others = [Client(), Client()]
    for other in others:
        sign_in(other, "anna")
    at_desk.post(reverse("staff:end-others"))
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(at_desk)


def owners_view(client: Client) -> str:
    person("owner", OWNER)
    sign_in(client, "owner")
    name = NAME.search(client.get(SESSIONS).content.decode())
    assert name
    return name[1]


def test_an_owner_ends_anybodys(at_desk: Client) -> None:
    owner = Client()
    owner.post(reverse("staff:end-session"), {"session": owners_view(owner)})
    assert not is_in(at_desk)


def test_nobody_else_ends_anothers(at_desk: Client) -> None:
    name, zoe = owners_view(Client()), Client()
    person("zoe", EDITOR)
    sign_in(zoe, "zoe")
    zoe.post(reverse("staff:end-session"), {"session": name})
    assert is_in(at_desk)


def test_a_changed_password_ends_all_others_and_they_are_not_listed(at_desk: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "anna")
    new = "another long password"
    words = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert at_desk.post(reverse("admin:password_change"), words).status_code == 302
    assert (is_in(elsewhere), is_in(at_desk)) == (False, True)
    assert StaffSession.objects.count() == 1


def test_a_session_from_before_another_password_is_not_listed(at_desk: Client, anna: User) -> None:
    owner = Client()
    owners_view(owner)
    anna.set_password("set by hand at the server")
    anna.save()
    assert not NAME.search(owner.get(SESSIONS).content.decode())


def test_signing_out_clears_what_the_browser_kept(at_desk: Client) -> None:
    response = at_desk.post(reverse("admin:logout"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(at_desk)


def test_a_session_that_ended_by_itself_does_not_clear_it(at_desk: Client, later: Later) -> None:
    later(minutes=31)
    response = at_desk.get(INDEX, follow=True)
    assert "Clear-Site-Data" not in response


def test_whoever_comes_back_to_this_device_finds_their_name_filled_in(
    at_desk: Client, later: Later
) -> None:
    later(minutes=31)
    page = at_desk.get(reverse("admin:login")).content.decode()
    assert 'value="anna"' in page


def test_whoever_signed_out_leaves_no_name(at_desk: Client) -> None:
    at_desk.post(reverse("admin:logout"))
    assert "anna" not in at_desk.get(reverse("admin:login")).content.decode()


def test_old_sessions_are_deleted_once_nothing_of_them_is_remembered(
    at_desk: Client, later: Later
) -> None:
    later(hours=12)
    assert drop_old_sessions() == 0
    later(hours=2)
    assert drop_old_sessions() == 1


def test_an_account_that_is_switched_off_is_out_at_once(at_desk: Client, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert not is_in(at_desk)
