"""The first page of the admin: what waits, only what the role may see, in a fixed number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from clinic_site.operations import dashboard as operations
from clinic_site.operations import heartbeat
from clinic_site.pages.actions.publish import save_draft
from clinic_site.pages.checks.live_pages import keep_checks
from clinic_site.pages.models import ExternalLink
from clinic_site.staff.dashboard import LINES, Waiting, waiting_for
from clinic_site.staff.places import Places
from clinic_site.staff.roles import EDITOR, FRONT_DESK, OWNER, REVIEWER, ROLES
from tests.pages.writing import live_page
from tests.staff.people import person

pytestmark = pytest.mark.django_db
RUNNING = "The worker is not running: no mail is sent. Ask whoever runs the site."


def told(role: str) -> dict[str, int | None]:
    return {line.text: line.count for line in waiting_for(person(role.lower(), role))}


@pytest.fixture
def busy(db: None) -> None:
    """Something of everything that waits in the pages room."""
    page = live_page(body="A cure.")
    save_draft(page=page, words={"title": "Draft"}, by=None)
    soon = timezone.now() + timedelta(days=1)
    save_draft(page=live_page("b"), words={"title": "Later"}, by=None, publish_at=soon)
    keep_checks()
    ExternalLink.objects.create(url="https://a.ca/", trouble="Gone.", checked_at=timezone.now())


def test_an_editor_sees_what_waits_on_pages(busy: None) -> None:
    assert told(EDITOR) == {
        "Pages that nobody has signed yet": 2,
        "Live pages that the checks fault": 1,
        "Links to other sites that do not answer": 1,
    }


def test_a_reviewer_is_told_at_their_door_and_not_twice(busy: None) -> None:
    assert told(REVIEWER) == {}


def test_the_front_desk_sees_nothing_of_pages(busy: None) -> None:
    assert told(FRONT_DESK) == {}


def test_the_owner_is_told_that_mail_goes_to_files_and_that_the_worker_stands_still(
    settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert RUNNING in told(OWNER)
    assert any("No mail leaves" in text for text in mail_lines())
    heartbeat.write({})
    assert RUNNING not in mail_lines()


def mail_lines() -> list[str]:
    """What whoever looks after the mail is told."""
    name = f"owner-{timezone.now():%f}"
    return [line.text for line in operations.lines(person(name, OWNER))]


def test_each_line_leads_somewhere_its_reader_may_go(client: Client, busy: None) -> None:
    for role in ROLES:
        user = person(f"x-{role}".replace(" ", "-"), role)
        client.force_login(user)
        for line in waiting_for(user):
            assert client.get(line.url).status_code == 200, (role, line)


def test_urgent_lines_come_first(busy: None) -> None:
    urgent = [line.is_urgent for line in waiting_for(person("owner", OWNER))]
    assert urgent == sorted(urgent, reverse=True)


def test_the_number_of_queries_does_not_grow(
    client: Client, busy: None, django_assert_max_num_queries: Any
) -> None:
    client.force_login(person("owner", OWNER))
    with django_assert_max_num_queries(56) as before:
        client.get("/admin/")
    first = len(before)
    for number in range(5):
        page = live_page(f"more-{number}", body="A cure.")
        save_draft(page=page, words={"title": "Draft"}, by=None)
    keep_checks()
    with django_assert_max_num_queries(first):
        client.get("/admin/")


def test_a_room_in_trouble_does_not_take_the_page_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LINES, "sources", {1: broken, 2: fine})
    assert [line.text for line in waiting_for(person("anna", EDITOR))] == ["Fine"]


def test_the_inbox_comes_first_then_mail_conflicts_pages_the_search_and_ones_own_account() -> None:
    rooms = [LINES.sources[place].__module__ for place in sorted(LINES.sources)]
    assert [room.split(".")[1] for room in rooms] == [
        "enquiries",
        "operations",
        "content_sync",
        "pages",
        "search",
        "staff",
    ]


def test_the_order_is_that_of_the_places_whoever_registers_first() -> None:
    places = Places[Waiting]("lines")
    places.register(place=2)(lambda _: [Waiting("Second", "/admin/")])
    places.register(place=1)(lambda _: [Waiting("First", "/admin/")])
    assert [line.text for line in places.all_for(person("anna", EDITOR))] == ["First", "Second"]


def test_two_rooms_at_one_place_are_refused() -> None:
    places = Places[Waiting]("lines")
    places.register(place=1)(broken)
    with pytest.raises(ValueError, match="give tests.staff.test_dashboard a place of its own"):
        places.register(place=1)(fine)


def broken(user: Any) -> list[Waiting]:
    raise OperationalError("no such table")


def fine(user: Any) -> list[Waiting]:
    return [Waiting("Fine", "/admin/"), Waiting("None of these", "/admin/", 0)]
