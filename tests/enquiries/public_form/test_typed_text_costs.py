"""64 kB of anything in any field of the form costs little more than an ordinary form, and is all still there."""

import time
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.enquiries.conftest import ANSWERS, new_pass
from tests.hostile_text import long_texts

LARGEST = 64 * 1024
FEW = 5  # ordinary forms that the longest one may cost
FORM = "application/x-www-form-urlencoded"
Post = Callable[[dict[str, str]], HttpResponse]


@pytest.fixture
def post(client: Client, published: None) -> Post:
    """Posts a form that is shown again, as it lacks its consent: the database is not written."""

    def send(fields: dict[str, str]) -> HttpResponse:
        data = {**ANSWERS, "form": new_pass().text, **fields}
        del data["consent"]
        return client.post("/book/", urlencode(data), content_type=FORM)

    return send


def cost(work: Callable[[], object]) -> float:
    """Seconds of the processor, the least of three."""
    took = []
    for _ in range(3):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def as_much_as_fits(text: str) -> str:
    """As much of the text as a form of 64 kB holds."""
    room = LARGEST - len(urlencode({**ANSWERS, "form": new_pass().text})) - 1000
    signs = max(len(urlencode({"": sign})) - 1 for sign in set(text))
    return text if signs * len(text) <= room else text[: room // signs]


@pytest.mark.parametrize("field", ["name", "phone", "email", "message"])
def test_the_longest_text_costs_no_more_than_a_few_forms(post: Post, field: str) -> None:
    ordinary = cost(lambda: post({"message": "It hurts when I climb stairs. " * 16}))
    slow = {
        kind: round(took / ordinary, 1)
        for kind, text in hostile().items()
        if (took := cost(lambda text=text: post({field: text}))) > FEW * ordinary
    }
    assert slow == {}


def hostile() -> dict[str, str]:
    """Every kind of run, at the length at which 64 kB are full."""
    return {
        kind: text
        for kind in long_texts(1)
        if (text := long_texts(len(as_much_as_fits(long_texts(LARGEST)[kind])))[kind])
    }


@pytest.mark.parametrize("field", ["name", "phone", "email", "message"])
def test_a_text_that_is_too_long_is_still_in_the_form(post: Post, field: str) -> None:
    typed = as_much_as_fits("Nothing of this gets lost. " * 3000)
    response = post({field: typed})
    assert response.status_code == 422
    assert typed.strip() in unescape(response.text)
    assert f'href="#id_{field}"' in response.text
