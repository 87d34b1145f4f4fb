"""Cards for sharing: the right size, light, whatever a title is like."""

import io

import pytest
from PIL import Image

from clinic_site.seo.cards import HEIGHT, WIDTH, Card, draw, lines_of
from clinic_site.seo.drawing import DOT

TITLES = {
    "short": "Safety",
    "usual": "How often would I come?",
    "long": "Sciatica, piriformis syndrome and other pain from the lower back down the leg",
    "too long": "Intramuscular stimulation and how it works " * 5,
    "one word": "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3,
    "other letters": "xʷməθkʷəy̓əm é 你好 🦄",
    "empty": "",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_card_has_the_size_that_networks_ask_for_and_is_light(title: str) -> None:
    file = draw(Card(title, "IMS Dry Needling BC"))
    assert Image.open(io.BytesIO(file)).size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(file) <= 60_000


def test_the_same_words_make_the_same_bytes() -> None:
    assert draw(Card("Safety", "A clinic")) == draw(Card("Safety", "A clinic"))


def test_the_dot_is_terracotta() -> None:
    picture = Image.open(io.BytesIO(draw(Card("Safety", "A clinic")))).convert("RGB")
    assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((850, 552))) == DOT


@pytest.mark.parametrize("other", [Card("Safety!", "A clinic"), Card("Safety", "Another")])
def test_other_words_have_another_hash(other: Card) -> None:
    assert other.hash != Card("Safety", "A clinic").hash


@pytest.mark.parametrize("title", [TITLES["short"], TITLES["usual"], TITLES["long"]])
def test_no_word_of_a_title_is_lost(title: str) -> None:
    assert " ".join(lines_of(title)[1]) == title


def test_a_short_title_is_set_larger_than_a_long_one() -> None:
    assert lines_of(TITLES["short"])[0] > lines_of(TITLES["long"])[0]


def test_a_title_that_never_fits_says_that_it_goes_on() -> None:
    assert lines_of(TITLES["too long"])[1][-1].endswith("…")
