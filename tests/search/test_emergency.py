"""Somebody who needs help now types it into the search: whom to call stands above every result."""

import re

import pytest
from django.test import Client

from clinic_site.search.models import Word
from tests.emergency.phrases import urgent
from tests.reading_text import card_titles, words_of
from tests.search.conftest import Search

pytestmark = pytest.mark.django_db
TITLES = {
    "9-1-1": "Call 9-1-1 now",
    "9-8-8": "Call or text 9-8-8, day and night",
    "emergency": "Go to an emergency department now",
    "today": "See a doctor today",
    "numbers": "Whom to call",
}


def test_each_urgent_phrase_shows_the_card_of_its_level(client: Client, indexed: None) -> None:
    shown = {
        typed: (TITLES[level], card_titles(client.get("/search/", {"q": typed}).content.decode()))
        for typed, level in urgent()
    }
    assert {typed: both for typed, both in shown.items() if both[1] != [both[0]]} == {}


@pytest.mark.parametrize(
    "typed", ["", "shoulder", "does it hurt", "heart rate", "stroke the sore spot", "chest muscles"]
)
def test_everyday_words_show_no_card(search: Search, typed: str) -> None:
    assert card_titles(search(typed).html) == []


@pytest.mark.parametrize(
    ("typed", "links", "words"),
    [
        ("chest pain", ["tel:911"], "One sign is enough."),
        (
            "cannot pee",
            ["tel:911"],
            "Do not drive yourself. If you have no ride, or your emergency department is closed, call 9-1-1.",
        ),
        (
            "red streak",
            ["tel:811"],
            "If you cannot be seen today, call 8-1-1. If it gets worse, go to an emergency department.",
        ),
        (
            "want to die",
            ["tel:988", "sms:988", "tel:911"],
            "Is somebody in danger now? Call 9-1-1.",
        ),
        ("want to hurt my baby", ["tel:988", "sms:988", "tel:911"], "9-8-8, day and night"),
        ("is this an emergency", ["tel:911", "tel:988", "tel:811"], "call 8-1-1, day and night"),
    ],
)
def test_each_card_has_its_own_buttons(
    search: Search, typed: str, links: list[str], words: str
) -> None:
    card = search(typed).html.split("<aside")[1].split("</aside>")[0]
    assert re.findall(r'<p class="note-button"><a href="([^"]*)"', card) == links
    assert words in words_of(card)
    assert "One sign is enough" in card
    assert "Nobody at the clinic sees what you type here." in card


def test_the_card_stands_above_every_result(search: Search) -> None:
    html = search("punctured lung").html
    assert html.index("Call 9-1-1 now") < html.index("<h1>") < html.index('class="search-results"')


def test_urgent_words_are_read_as_typed_and_not_as_the_spelling_help_writes_them(
    search: Search,
) -> None:
    Word.objects.filter(word__in=["heart", "hurts"]).delete()  # then "heat" is the nearest
    assert card_titles(search("my heart hurts").html) == ["Call 9-1-1 now"]


def test_nothing_that_was_typed_is_logged(search: Search, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        search("want to die")
    assert "die" not in " ".join(
        one.getMessage() for one in caplog.records if "sql" not in one.name
    )
