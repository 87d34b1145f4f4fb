"""The doors of the admin's first page: the same order for each role, how each stands, plain words for the rest."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.models import Clinic, Closure
from clinic_site.pages.actions.publish import save_draft
from clinic_site.pages.doors import day_in_words
from clinic_site.staff.doors import Door, doors_for
from clinic_site.staff.first_page import greeting
from clinic_site.staff.plain_words import NAMES, ONE
from clinic_site.staff.roles import EDITOR, FRONT_DESK, OWNER, REVIEWER, ROLES
from tests.enquiries.inbox_world import enquiry
from tests.pages.writing import live_page
from tests.staff.people import person

pytestmark = pytest.mark.django_db
OF = {
    OWNER: [
        "Answer enquiries",
        "Change a page",
        "Put up a notice or closure",
        "Pictures",
        "People and places",
        "Sign pages off",
    ],
    EDITOR: ["Change a page", "Put up a notice or closure", "Pictures"],
    REVIEWER: ["Sign pages off"],
    FRONT_DESK: ["Answer enquiries"],
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_doors_in_the_same_order(role: str) -> None:
    assert [door.name for door in doors_for(person("anna", role))] == OF[role]


@pytest.mark.parametrize("role", ROLES)
def test_each_door_opens(client: Client, role: str) -> None:
    client.force_login(anna := person("anna", role))
    assert {client.get(door.url).status_code for door in doors_for(anna)} == {200}


def door(name: str) -> Door:
    """A door as the owner finds it."""
    return next(one for one in doors_for(person("olga", OWNER)) if one.name == name)


def test_drafts_and_what_goes_live_stand_at_the_door_to_pages() -> None:
    save_draft(page=live_page(), words={"title": "Draft"}, by=None)
    tomorrow = timezone.now() + timedelta(days=1)
    save_draft(page=live_page("b"), words={"title": "Later"}, by=None, publish_at=tomorrow)
    found = door("Change a page")
    assert (found.count, found.says) == (1, "1 draft waits, 1 goes live tomorrow")


def test_pages_to_sign_are_counted_at_their_door() -> None:
    live_page()
    found = door("Sign pages off")
    assert (found.count, found.says) == (1, "that nobody has signed yet")


def test_a_closed_day_is_told_at_its_door() -> None:
    clinic = Clinic.objects.create(pk=1, name="Clinic", phone="604-555-0100", email="a@b.ca")
    day = timezone.localdate() + timedelta(days=1)
    Closure.objects.create(clinic=clinic, starts_on=day, ends_on=day, reason="Inventory")
    assert door("Put up a notice or closure").says == "Closed tomorrow: Inventory"


def test_who_waits_is_told_with_the_time_promised() -> None:
    enquiry()
    found = door("Answer enquiries")
    assert (found.count, found.is_urgent) == (1, False)
    assert found.says.startswith("The next one is promised by ")


def test_a_promise_that_was_not_kept_is_urgent() -> None:
    enquiry(at=timezone.now() - timedelta(days=9))
    enquiry()
    found = door("Answer enquiries")
    assert (found.count, found.is_urgent, found.says) == (2, True, "1 of them overdue")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 27), "today"),
        (date(2026, 11, 28), "tomorrow"),
        (date(2026, 11, 30), "on Monday"),
        (date(2026, 12, 4), "on 4 December"),
    ],
)
def test_days_are_told_as_people_say_them(day: date, words: str) -> None:
    assert day_in_words(day, date(2026, 11, 27)) == words


@pytest.mark.parametrize(
    ("hour", "words"), [(8, "Good morning"), (12, "Good afternoon"), (17, "Good evening")]
)
def test_the_greeting_knows_the_hour(hour: int, words: str) -> None:
    assert greeting(hour) == words


def test_what_no_door_leads_to_is_under_more_in_plain_words(client: Client) -> None:
    client.force_login(person("olga", OWNER))
    more = [one["name"] for one in client.get("/admin/").context["more"]]
    assert more == sorted(more)
    assert {"Accounts of staff", "Roles", "Mail that the site sends"} <= set(more)
    assert not {"Pictures", "Closed days", "Sign-off", "Pages"} & set(more)


def test_plain_words_are_for_models_that_there_are() -> None:
    names = {*NAMES, *ONE}
    assert {apps.get_model(label)._meta.label_lower for label in names} == names


@pytest.mark.parametrize("address", ["clinic/closure/", "auth/user/", "pages/page/", "clinic/"])
def test_crumbs_name_what_is_above_and_nothing_twice(client: Client, address: str) -> None:
    client.force_login(person("olga", OWNER))
    html = client.get(f"/admin/{address}").content.decode()
    crumbs = html.split('class="breadcrumbs">')[1].split("</div>")[0]
    assert crumbs.count("<a ") == 1
    assert ">Home</a>" in crumbs


def test_an_account_without_a_role_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(person("new"))
    assert "Ask an owner to give it a role" in client.get("/admin/").content.decode()
