"""The audit of the door: who signed in, failed or was refused, without addresses and without what was typed."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic_site.staff.audit import drop_old_events
from clinic_site.staff.models import StaffEvent
from clinic_site.staff.roles import EDITOR, FRONT_DESK, OWNER
from tests.staff.conftest import Later
from tests.staff.people import person, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "192.0.2.77"


@pytest.fixture
def anna(db: None) -> User:
    return person("anna", FRONT_DESK)


def lines() -> list[tuple[str, str, int]]:
    rows = StaffEvent.objects.order_by("pk").select_related("user")
    return [(row.kind, row.user.username if row.user else "", row.times) for row in rows]


def test_a_sign_in_a_failure_and_a_sign_out_are_there(client: Client, anna: User) -> None:
    sign_in(client, "anna", "wrong")
    sign_in(client, "anna")
    client.post(reverse("admin:logout"))
    assert lines() == [
        ("wrong_password", "anna", 1),
        ("signed_in", "anna", 1),
        ("signed_out", "anna", 1),
    ]


def test_many_failures_are_one_line_with_their_number(anna: User) -> None:
    for turn in range(6):
        sign_in(Client(), "anna", f"guess {turn}", REMOTE_ADDR=ADDRESS)
    assert lines() == [("wrong_password", "anna", 4), ("held_off", "anna", 2)]


def test_failures_a_while_later_are_a_line_of_their_own(anna: User, later: Later) -> None:
    sign_in(Client(), "anna", "wrong")
    later(minutes=16)
    sign_in(Client(), "anna", "wrong")
    assert lines() == [("wrong_password", "anna", 1)] * 2


def test_a_name_that_no_account_has_is_not_kept(client: Client) -> None:
    sign_in(client, "my password in the wrong field", "x")
    assert lines() == [("wrong_password", "", 1)]


def test_a_refusal_says_which_page(client: Client, anna: User) -> None:
    sign_in(client, "anna")
    client.get("/admin/pages/page/")
    event = StaffEvent.objects.get(kind="refused")
    assert (event.user, event.place) == (anna, "admin:pages_page_changelist")


def test_no_address_and_nothing_typed_is_in_it(client: Client, anna: User) -> None:
    sign_in(client, "anna", "typed by somebody", REMOTE_ADDR=ADDRESS)
    sign_in(client, "anna", REMOTE_ADDR=ADDRESS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM staff_staffevent")
        kept = str(cursor.fetchall())
    assert ADDRESS not in kept
    assert "typed by somebody" not in kept


def test_an_owner_reads_it_and_an_editor_does_not(client: Client) -> None:
    person("owner", OWNER)
    person("editor", EDITOR)
    for name, status in (("owner", 200), ("editor", 403)):
        sign_in(client, name)
        assert client.get(reverse("admin:staff_staffevent_changelist")).status_code == status


def test_lines_are_forgotten_after_a_year(client: Client, anna: User, later: Later) -> None:
    sign_in(client, "anna")
    later(days=364)
    assert drop_old_events() == 0
    later(days=2)
    assert drop_old_events() == 1
