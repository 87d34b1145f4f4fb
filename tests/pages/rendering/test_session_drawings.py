"""The drawings of a first session: each beside the step that it shows, with words for those who do not see it."""

import re

import pytest
from django.test import Client

FIGURE = re.compile(
    r'<figure class="drawn"><svg[^>]*aria-hidden="true">.*?</svg>\s*<figcaption>(.*?)</', re.S
)
KINDS = ("Safety", "Good to know", "What research says")

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/first-session/").content.decode()


def test_each_drawing_says_in_words_what_it_shows(page: str) -> None:
    words = FIGURE.findall(page)
    assert len(words) == 4 and all(words)
    assert "a hair, a needle for this treatment and a match" in words[2]


@pytest.mark.parametrize(
    ("step", "words"),
    [("initial-consultation", "First we talk."), ("duration", "Then you may rest")],
)
def test_a_drawing_stands_in_its_step(page: str, step: str, words: str) -> None:
    assert words in page.split(f'<h3 id="{step}">')[1].split("</li>")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_kinds_of_notes_are_named(page: str, kind: str) -> None:
    assert f'role="note" aria-label="{kind}"' in page
