"""The feed keeps the rules of Atom (RFC 4287), tells of closures when pages do, and can be found."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.models import Clinic, Closure
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
ATOM = "{http://www.w3.org/2005/Atom}"
OF_FEED = {"author", "entry", "generator", "id", "link", "rights", "subtitle", "title", "updated"}
OF_ENTRY = {"author", "category", "content", "id", "link", "published", "summary", "title"}
Element = ElementTree.Element


def closed(first: int, last: int) -> Closure:
    """A closure from and to so many days from today."""
    today = timezone.localdate()
    return Closure.objects.create(
        clinic=Clinic.objects.get(),
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
        reason="Stocktaking",
    )


@pytest.fixture
def feed(client: Client) -> Element:
    """The feed with a closure in it."""
    closed(3, 4)
    return ElementTree.fromstring(client.get("/feed.atom").content)


def entries(feed: Element) -> Sequence[Element]:
    found = feed.findall(f"{ATOM}entry")
    assert len(found) > 10
    return found


def names(element: Element) -> list[str]:
    return [child.tag.removeprefix(ATOM) for child in element]


def test_it_has_the_elements_that_it_must_have_and_no_unknown_ones(feed: Element) -> None:
    assert feed.tag == f"{ATOM}feed"
    assert [names(feed).count(name) for name in ("id", "title", "updated", "author")] == [1] * 4
    assert set(names(feed)) <= OF_FEED
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Harbour Street Physio"


def test_each_entry_has_the_elements_that_it_must_have_and_no_unknown_ones(feed: Element) -> None:
    for entry in entries(feed):
        assert [names(entry).count(name) for name in ("id", "title", "updated")] == [1] * 3
        assert set(names(entry)) - {"updated"} <= OF_ENTRY
        assert names(entry).count("summary") <= 1


def test_each_has_one_page_that_it_stands_for_and_the_feed_names_itself(feed: Element) -> None:
    for one in (feed, *entries(feed)):
        links = [(link.get("rel"), link.get("href", "")) for link in one.findall(f"{ATOM}link")]
        assert [rel for rel, _ in links].count("alternate") == 1
        assert all(address.startswith("http://localhost:8000/") for _, address in links)
    itself = feed.find(f"{ATOM}link[@rel='self']")
    assert itself is not None and itself.get("href") == "http://localhost:8000/feed.atom"


def test_every_id_is_an_address_and_stands_once(feed: Element) -> None:
    ids = [one.findtext(f"{ATOM}id", "") for one in (feed, *entries(feed))]
    assert len(ids) == len(set(ids))
    assert all(re.match(r"http://localhost:8000/\S*\Z", one) for one in ids)


def test_every_date_has_its_zone_and_has_passed(feed: Element) -> None:
    dates = [one.findtext(f"{ATOM}updated", "") for one in (feed, *entries(feed))]
    moments = [datetime.fromisoformat(one) for one in dates]
    assert all(one.tzinfo and one <= timezone.now() for one in moments)
    assert moments[0] == max(moments)


def test_its_type_is_that_of_atom(client: Client) -> None:
    assert client.get("/feed.atom").headers["Content-Type"].startswith("application/atom+xml")


@pytest.mark.parametrize(
    ("first", "last", "is_told"), [(14, 15, True), (0, 0, True), (15, 16, False), (-3, -1, False)]
)
def test_a_closure_is_told_from_two_weeks_ahead_until_its_last_day(
    client: Client, first: int, last: int, is_told: bool
) -> None:
    closed(first, last)
    assert ("Closed: Stocktaking" in client.get("/feed.atom").content.decode()) is is_told


def test_a_changed_page_does_not_make_a_closure_new(client: Client) -> None:
    closed(3, 4)

    def updated() -> str | None:
        feed = ElementTree.fromstring(client.get("/feed.atom").content)
        told = [e for e in entries(feed) if "closure" in e.findtext(f"{ATOM}id", "")]
        return told[0].findtext(f"{ATOM}updated")

    before = updated()
    publish(page=Page.objects.get(path="privacy"), words={"title": "Privacy"}, by=None)
    assert updated() == before


@pytest.mark.parametrize("path", ["/", "/clinic/"])
def test_a_reader_finds_the_feed(client: Client, path: str) -> None:
    link = (
        '<link rel="alternate" type="application/atom+xml" title="What is new" href="/feed.atom">'
    )
    assert link in client.get(path).content.decode()
