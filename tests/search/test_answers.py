"""An answer on top: where one place clearly fits, its first sentences, with the way to the rest."""

import re

import pytest

from clinic_site.search.query import find
from tests.search.conftest import Search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("does it hurt", "/faq/#does-it-hurt"),
        ("Do I need a doctor's referral?", "/faq/#referral"),
        ("sciatica", "/conditions/sciatica-and-piriformis-syndrome/"),
        ("pneumothorax", "/glossary/#pneumothorax"),
        ("hours", "/clinic/#place-1-hours"),
        ("phone", "/clinic/#place-1-reach"),
        ("parking", "/clinic/#place-1"),
        ("how much", "/faq/#cost"),
        ("what is ims", "/what-is-ims/"),
        ("safety", "/safety/"),
    ],
)
def test_where_one_place_fits_it_answers(typed: str, url: str) -> None:
    answer = find(typed).answer
    assert answer is not None
    assert answer.url == url


@pytest.mark.parametrize("typed", ["pain", "muscle", "pregnancy parking sham", "xylophone", ""])
def test_where_many_fit_or_none_nothing_answers(typed: str) -> None:
    assert find(typed).answer is None


def test_the_answer_is_the_first_of_the_list_with_the_way_to_the_rest(search: Search) -> None:
    answer = search("does it hurt")
    first = answer.html.split('<ol class="search-results">')[1].split("</li>")[0]
    assert first.strip().startswith('<li class="answer">')
    assert "You may feel a slight prick" in first
    assert (
        'aria-label="Read it all: Does it hurt? What does it feel like?">Read it all</a>' in first
    )
    assert answer.urls[0] == "/faq/#does-it-hurt"


@pytest.mark.parametrize("typed", ["does it hurt", "hours", "sciatica", "pneumothorax"])
def test_an_answer_is_not_told_twice(search: Search, typed: str) -> None:
    answer = search(typed)
    assert 'class="answer"' in answer.html
    assert len(answer.urls) == len(set(answer.urls))


@pytest.mark.parametrize("typed", ["does it hurt", "pain", "hours", "safety"])
def test_each_result_says_where_it_stands(search: Search, typed: str) -> None:
    results = search(typed).html.split('<ol class="search-results">')[1].split("</ol>")[0]
    places = re.findall(r'<p class="place">(?:In \w|A page of this site)', results)
    assert len(places) == results.count("<li") > 0


def test_numbers_to_call_can_be_tapped(search: Search) -> None:
    html = search("What if I faint?").html
    assert '<a href="tel:911">9-1-1</a>' in html.split('<li class="answer"')[1]


def test_the_hours_are_told_day_by_day() -> None:
    answer = find("opening hours").answer
    assert answer is not None
    words = "".join(words for words, _ in answer.parts)
    assert "Monday 9:00 AM to 6:00 PM" in words
    assert "Saturday closed" in words
