"""The pages as the site's tree: their order, how each stands, what is searched, and how often the database is asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic_site.pages.actions.publish import save_draft, withdraw
from clinic_site.pages.checks.live_pages import keep_checks
from clinic_site.pages.editor.page_tree import Row, page_tree
from clinic_site.pages.models import Page, Revision
from clinic_site.staff.roles import EDITOR, REVIEWER
from tests.pages.writing import live_page
from tests.staff.people import person

pytestmark = pytest.mark.django_db
PAGES = "/admin/pages/page/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(person("anna", EDITOR))
    return client


def at(page: Page, position: int) -> None:
    Page.objects.filter(pk=page.pk).update(position=position)


def outline(rows: Any) -> list[Any]:
    """Paths, each followed by those below it."""
    told: list[Any] = []
    for row in rows:
        told.append(row.path)
        if row.below:
            told.append(outline(row.below))
    return told


def row(path: str) -> Row:
    found = [*page_tree().pages, *page_tree().cards]
    return next(one for one in found if one.path == path)


def test_home_stands_first_then_the_branches_as_the_menu_has_them() -> None:
    at(live_page("b"), 20)
    at(live_page("b/two"), 2)
    at(live_page("b/one"), 1)
    at(live_page("a"), 30)
    at(live_page("home"), 90)
    assert outline(page_tree().pages) == ["home", "b", ["b/one", "b/two"], "a"]


def test_a_page_without_one_above_it_stands_at_the_top() -> None:
    live_page("gone/left")
    assert outline(page_tree().pages) == ["gone/left"]


def test_the_shipped_site_has_every_page_once(published: Any) -> None:
    def count(rows: Any) -> int:
        return sum(1 + count(one.below) for one in rows)

    tree = page_tree()
    assert count(tree.pages) + count(tree.cards) == Page.objects.count()
    assert tree.pages[0].path == "home"


def marks(path: str) -> list[str]:
    return [mark.words for mark in row(path).marks]


def test_a_page_says_how_it_stands() -> None:
    page = live_page(body="A cure.")
    save_draft(page=page, words={"title": "Draft"}, by=None)
    keep_checks()
    assert marks(page.path) == ["live", "draft waits", "1 fault", "not signed"]


def test_what_is_scheduled_says_when() -> None:
    page = live_page()
    when = timezone.localtime() + timedelta(days=2)
    save_draft(page=page, words={"title": "Later"}, by=None, publish_at=when)
    assert f"goes live {when.day} {when:%b, %H:%M}" in marks(page.path)


def test_who_touched_it_last_is_named() -> None:
    page = live_page()
    save_draft(page=page, words={"title": "Draft"}, by=person("bo", EDITOR))
    day = timezone.localtime()
    assert row(page.path).changed == f"{day.day} {day:%b %Y}, bo"


def test_a_withdrawn_page_is_in_the_tree(editor: Client) -> None:
    page = live_page()
    withdraw(page=page, by=person("bo", EDITOR))
    assert marks(page.path)[0] == "withdrawn"


@pytest.mark.parametrize("words", ["elbow", "TENNIS", "/conditions/tennis", "elbow conditions"])
def test_it_is_searched_by_title_and_address(editor: Client, words: str) -> None:
    live_page("conditions")
    live_page("conditions/tennis-elbow", title="Tennis elbow")
    live_page("safety", title="Is it safe?")
    tree = editor.get(PAGES, {"q": words}).context["tree"]
    assert outline(tree.pages) == ["conditions", ["conditions/tennis-elbow"]]


def test_it_is_narrowed_to_a_state(editor: Client) -> None:
    save_draft(page=live_page("a"), words={"title": "Draft"}, by=None)
    live_page("b")
    answer = editor.get(PAGES, {"state": "draft"})
    assert outline(answer.context["tree"].pages) == ["a"]
    assert "With a draft <span>1</span>" in answer.content.decode()


def test_a_reviewer_is_led_to_what_they_may_open(client: Client) -> None:
    page = live_page()
    client.force_login(person("rea", REVIEWER))
    address = f"{PAGES}{page.pk}/history/"
    assert f'href="{address}"' in client.get(PAGES).content.decode()
    assert client.get(address).status_code == 200


def test_500_pages_take_no_more_queries_than_five(
    editor: Client, django_assert_num_queries: Any
) -> None:
    def add(first: int, last: int) -> None:
        made = Page.objects.bulk_create(
            Page(path=f"p{number}", layout="article", position=number)
            for number in range(first, last)
        )
        now = timezone.now()
        Revision.objects.bulk_create(
            Revision(page=page, title=f"Page {page.path}", publish_at=now) for page in made
        )

    add(0, 5)
    editor.get(PAGES)
    with django_assert_num_queries(14) as before:
        editor.get(PAGES)
    add(5, 500)
    with django_assert_num_queries(len(before)):
        assert b"Page p499" in editor.get(PAGES).content
