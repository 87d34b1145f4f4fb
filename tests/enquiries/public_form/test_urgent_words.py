"""Words of somebody who needs help now, typed into the form: whom to call is said, and nothing is held up or lost."""

import json
import re

import pytest
from django.db import DatabaseError
from django.test import Client

from clinic_site.enquiries.models import Enquiry
from tests.enquiries.conftest import Send
from tests.reading_text import card_titles

pytestmark = pytest.mark.usefixtures("published")
SCRIPT = re.compile(r'<script id="urgent-rules" type="application/json">(.*?)</script>', re.DOTALL)


def titles(text: str) -> list[str]:
    return card_titles(text.partition("<main")[2].partition("<h1")[0])


CASES = [
    ("cannot pee since today", ["Go to an emergency department now"]),
    ("chest pain when I walk", ["Call 9-1-1 now"]),
    ("some days I want to die", ["Call or text 9-8-8, day and night"]),
    ("the spot is infected", ["See a doctor today"]),
    ("took too many pills, I want to die", ["Call 9-1-1 now", "Call or text 9-8-8, day and night"]),
    ("my heel hurts", []),
]


@pytest.mark.parametrize(("message", "cards"), CASES)
def test_a_form_that_comes_back_says_whom_to_call(
    send: Send, message: str, cards: list[str]
) -> None:
    response = send(message=message, consent=None)
    assert response.status_code == 422
    assert titles(response.text) == cards
    assert ("Do not wait for our answer." in response.text) == bool(cards)
    assert message in response.text, "every word is still in the form"


@pytest.mark.parametrize(("message", "cards"), CASES)
def test_it_is_kept_all_the_same_and_the_confirmation_says_whom_to_call(
    client: Client, send: Send, message: str, cards: list[str]
) -> None:
    sent = send(message=message)
    assert sent.status_code == 303
    assert Enquiry.objects.get().message == message
    confirmation = client.get(sent.headers["Location"]).text
    assert titles(confirmation) == cards
    assert message not in confirmation


def test_the_name_is_looked_at_too(send: Send) -> None:
    response = send(name="cannot breathe", consent=None)
    assert titles(response.text) == ["Call 9-1-1 now"]


def test_a_message_that_is_far_too_long_says_it_too(send: Send) -> None:
    response = send(message="I cannot breathe. " + "My back hurts. " * 900)
    assert response.status_code == 422
    assert titles(response.text) == ["Call 9-1-1 now"]


def test_the_form_that_could_not_be_kept_says_it_too(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**answers: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("clinic_site.enquiries.submission.submit.submit", refuse)
    response = send(message="I cannot pee")
    assert response.status_code == 503
    assert titles(response.text) == ["Go to an emergency department now"]


def test_a_blank_form_shows_no_card(client: Client) -> None:
    assert titles(client.get("/book/").text) == []


def test_what_the_script_fetches_is_for_everybody(client: Client) -> None:
    response = client.get("/book/urgent-words/")
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert [int(one) for one in re.findall(r'data-level="(\d)"', response.text)] == [5, 4, 3, 2, 1]
    said = SCRIPT.search(response.text)
    assert said
    assert set(json.loads(said[1])["levels"].values()) == {1, 2, 3, 4, 5}
