"""Whatever is typed, parsing never fails, and every word of it is on the page."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_site.markup import parse
from tests.at_length import examples
from tests.markup.markdown_texts import PIECES, any_text
from tests.markup.strict_html import StrictReader

# An address is not words, nor is the language of a code block, a definition of a link, an anchor.
_SAFE_PIECES = [
    piece
    for piece in PIECES
    if not re.search(r"\(|\)|`|~|<|&|\"|\{|\]: /|[|]|\[a\]|!\[|\\|\[!|\x00|\ud800", piece)
]
_NUMBERED = st.lists(st.sampled_from(_SAFE_PIECES), max_size=40).map(
    lambda pieces: "".join(f"{piece}w{turn}q" for turn, piece in enumerate(pieces))
)


@settings(max_examples=examples(600), deadline=None)
@given(any_text)
def test_parsing_never_fails_and_gives_clean_html(text: str) -> None:
    assert StrictReader(parse(text).html).faults == []


@settings(max_examples=examples(600), deadline=None)
@given(_NUMBERED)
def test_every_word_is_on_the_page(text: str) -> None:
    typed = re.findall(r"w\d+q", re.sub(r"\[\^[^\]\s]*\]", "", text))
    shown = " ".join(StrictReader(parse(text).html).words)
    assert [word for word in typed if word not in shown] == []


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", "[^a]: ", "a\n: "])
def test_words_nested_too_deep_are_still_shown(opening: str) -> None:
    deep = "".join("  " * turn + opening for turn in range(60)) if "\n" in opening else opening * 60
    assert "treasure" in parse(f"{deep}treasure\n").text


def test_a_text_that_is_too_long_is_shown_as_plain_paragraphs() -> None:
    document = parse("<b>a</b> *b*\n\n" * 20_000, first_line=3)
    assert document.html.startswith("<p>&lt;b&gt;a&lt;/b&gt; *b*</p>\n<p>")
    assert [problem.line for problem in document.problems] == [3]


def test_control_characters_leave_their_neighbours_alone() -> None:
    assert parse("a\x1eb\x00c\ud800d").text == "a\ufffdb\ufffdc\ufffdd"
