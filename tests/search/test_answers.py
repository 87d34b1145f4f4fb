"""An answer on top: where one place clearly fits, its first sentences, with the way to the rest."""

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


def test_the_answer_stands_above_the_list_with_the_way_to_the_rest(search: Search) -> None:
    html = search("does it hurt").html
    section = html.split('<section class="answer"')[1].split("</section>")[0]
    assert "You may feel a slight prick" in section
    assert '<a href="/faq/#does-it-hurt">Read it all</a>' in section
    assert html.index('class="answer"') < html.index('class="results"')


def test_numbers_to_call_can_be_tapped(search: Search) -> None:
    html = search("What if I faint?").html
    assert '<a href="tel:911">9-1-1</a>' in html.split('<section class="answer"')[1]


def test_the_hours_are_told_day_by_day() -> None:
    answer = find("opening hours").answer
    assert answer is not None
    words = "".join(words for words, _ in answer.parts)
    assert "Monday 9:00 AM to 6:00 PM" in words
    assert "Saturday closed" in words
