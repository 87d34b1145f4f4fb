"""What is offered while somebody types: one small list of all that is live, which follows every change."""

import json

import pytest
from django.test import Client

from clinic_site.pages.actions.publish import publish, withdraw
from clinic_site.pages.models import Page
from clinic_site.search.suggestions import (
    MOST_BYTES,
    Suggestion,
    compressed_size,
    suggestions,
    within,
)
from tests.pagecache.conftest import Caller, caller
from tests.pages.writing import WORDS, live_page

__all__ = ["caller"]
pytestmark = pytest.mark.django_db
ADDRESS = "/search/suggestions/"


def by_title(title: str) -> Suggestion | None:
    return next((one for one in suggestions() if one[0] == title), None)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("title", "url", "place"),
    [
        ("Tennis elbow", "/conditions/tennis-elbow/", "Conditions"),
        ("Does it hurt? What does it feel like?", "/faq/#does-it-hurt", "Questions"),
        ("Trigger point", "/glossary/#trigger-point", "Glossary"),
        ("Accessibility of this site", "/accessibility/", ""),
    ],
)
def test_each_kind_is_offered_with_where_it_stands(title: str, url: str, place: str) -> None:
    assert list(by_title(title) or ())[:3] == [title, url, place]


@pytest.mark.usefixtures("published")
def test_every_address_that_is_offered_is_there(client: Client) -> None:
    found = {url.partition("#")[0] for _, url, _, _ in suggestions()}
    assert len(found) > 25
    assert {url for url in found if client.get(url).status_code != 200} == set()


@pytest.mark.usefixtures("published")
def test_other_names_and_misspellings_find_it_too() -> None:
    sciatica = by_title("Sciatica and piriformis syndrome")
    assert sciatica and {"pain down the leg", "siatica"} <= set(sciatica[3].split("; "))


@pytest.mark.usefixtures("published")
def test_warning_cards_and_what_is_for_reviewers_are_not_offered() -> None:
    told = json.dumps(suggestions())
    assert "Chest, breath or heart" not in told
    assert "please_confirm" not in told


@pytest.mark.usefixtures("published")
def test_the_whole_site_fits_into_ten_kilobytes() -> None:
    every = suggestions()
    assert (
        len(every) >= Page.objects.published().exclude(layout__in=("card", "welcome")).count() - 2
    )
    assert compressed_size(every) <= MOST_BYTES


def test_of_too_much_the_first_that_fit_are_offered() -> None:
    many = [(f"Pain number {n * 7919 % 10007}", f"/faq/#{n * 104729}", "", "") for n in range(3000)]
    kept = within(many, most=MOST_BYTES)
    assert kept == many[: len(kept)]
    assert compressed_size(kept) <= MOST_BYTES < compressed_size(many[: len(kept) + 1])
    assert within(many[:3], most=MOST_BYTES) == many[:3]
    assert within([], most=MOST_BYTES) == []


def test_a_change_is_offered_at_once_and_between_changes_nobody_is_asked(caller: Caller) -> None:
    assert b"Zebra" not in caller.get(ADDRESS).body
    asked = caller.asked
    caller.get(ADDRESS)
    assert caller.asked == asked
    page = live_page("zebra", title="Zebra stripes")
    assert b"Zebra stripes" in caller.get(ADDRESS).body
    publish(page=page, words={**WORDS, "title": "Zebra crossing"}, by=None)
    assert b"Zebra crossing" in caller.get(ADDRESS).body
    withdraw(page=page, by=None)
    assert b"Zebra" not in caller.get(ADDRESS).body


def test_who_has_the_list_is_told_so(caller: Caller) -> None:
    answer = caller.get(ADDRESS)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-cache"  # asked again each time, and seldom sent
    assert answer.headers["x-robots-tag"] == "noindex"
    again = caller.get(ADDRESS, HTTP_IF_NONE_MATCH=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.usefixtures("published")
def test_a_word_whose_glossary_is_withdrawn_leads_nowhere_and_is_not_offered() -> None:
    withdraw(page=Page.objects.get(path="glossary"), by=None)
    assert by_title("Trigger point") is None
    assert by_title("Tennis elbow") is not None
