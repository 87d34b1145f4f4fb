"""Accounts in the admin, in a clinic's words: a name, a password, and boxes that say what each role may."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from clinic_site.staff.account_forms import MAY
from clinic_site.staff.roles import FRONT_DESK, OWNER, ROLES
from tests.staff.people import PASSWORD, give_password, person

pytestmark = pytest.mark.django_db
NEW = {"username": "fred", "password1": PASSWORD, "password2": PASSWORD, "is_staff": "on"}


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(person("olga", OWNER))
    give_password(client)
    return client


def test_an_account_is_made_with_its_role(owner: Client) -> None:
    desk = Group.objects.get(name=FRONT_DESK)
    answer = owner.post(reverse("admin:auth_user_add"), NEW | {"groups": [desk.pk]})
    assert answer.status_code == 302
    made = User.objects.get(username="fred")
    assert ([one.name for one in made.groups.all()], made.is_staff) == ([FRONT_DESK], True)
    assert made.check_password(PASSWORD)


def test_an_account_without_a_password_is_not_made(owner: Client) -> None:
    answer = owner.post(reverse("admin:auth_user_add"), NEW | {"password1": "", "password2": ""})
    assert answer.status_code == 200
    assert not User.objects.filter(username="fred").exists()


def test_each_role_says_what_it_may(owner: Client) -> None:
    html = owner.get(reverse("admin:auth_user_add")).content.decode()
    assert [role for role in ROLES if f"{role}: {MAY[role]}" in html] == list(ROLES)


def test_a_change_of_an_account_leaves_its_password(owner: Client) -> None:
    fred = person("fred", FRONT_DESK)
    told = {"username": "fred", "first_name": "Fred", "is_active": "on", "is_staff": "on"}
    owner.post(reverse("admin:auth_user_change", args=[fred.pk]), told)
    fred.refresh_from_db()
    assert (fred.first_name, fred.check_password(PASSWORD)) == ("Fred", True)
    assert not fred.groups.exists()


def test_no_page_shows_how_a_password_is_kept(owner: Client) -> None:
    fred = person("fred", FRONT_DESK)
    html = owner.get(reverse("admin:auth_user_change", args=[fred.pk])).content.decode()
    assert "pbkdf2" not in html and "algorithm" not in html


def test_an_owner_gives_somebody_a_new_password(owner: Client) -> None:
    fred = person("fred", FRONT_DESK)
    address = reverse("admin:auth_user_password_change", args=[fred.pk])
    assert "usable_password" not in owner.get(address).content.decode()
    other = "quite another one 7"
    owner.post(address, {"password1": other, "password2": other})
    fred.refresh_from_db()
    assert fred.check_password(other)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("auth/user/", "Add an account"),
        ("redirects/redirect/add/", "Add an old address"),
        ("images/image/", "Add a picture"),
    ],
)
def test_what_is_added_has_a_plain_name(owner: Client, address: str, words: str) -> None:
    assert words in owner.get(f"/admin/{address}").content.decode()
