"""What changed between two texts, word by word."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_site.pages.diff.text_diff import IN, OUT, both, readable, word_diff
from tests.at_length import examples

TEXT = st.text(alphabet="ab \n.’é", max_size=80)


def old_of(pieces):
    return "".join(piece.text for piece in pieces if piece.kind != IN)


def new_of(pieces):
    return "".join(piece.text for piece in pieces if piece.kind != OUT)


@given(TEXT, TEXT)
@settings(max_examples=examples(300), deadline=None)
def test_the_pieces_make_both_texts(old, new):
    pieces = word_diff(old, new)
    assert (old_of(pieces), new_of(pieces)) == (old, new)


@given(TEXT)
@settings(max_examples=examples(50), deadline=None)
def test_a_text_does_not_differ_from_itself(text):
    assert {piece.kind for piece in word_diff(text, text)} <= {"same"}


def test_one_word_is_one_difference():
    told = [(piece.kind, piece.text) for piece in word_diff("Drink water now.", "Drink tea now.")]
    assert told == [("same", "Drink "), ("out", "water"), ("in", "tea"), ("same", " now.")]


def test_a_word_with_an_apostrophe_is_one_word():
    told = [piece.text for piece in word_diff("It doesn’t hurt", "It does hurt")]
    assert told == ["It ", "doesn’t", "does", " hurt"]


@pytest.mark.parametrize("size", [20_000])
def test_two_large_texts_without_a_common_line_are_compared_in_bounded_work(size):
    dice = random.Random(1)
    one, other = (" ".join(dice.choices("abc", k=size)) for _ in range(2))
    start = time.perf_counter()
    pieces = word_diff(one, other)
    assert time.perf_counter() - start < 5
    assert (old_of(pieces), new_of(pieces)) == (one, other)


def test_changes_in_different_lines_stand_together():
    base = "one\ntwo\nthree\nfour\n"
    merged = both(base=base, theirs=base.replace("one", "1"), mine=base.replace("four", "4"))
    assert merged == "1\ntwo\nthree\n4\n"


def test_changes_in_the_same_line_do_not_stand_together():
    assert both(base="one\ntwo\n", theirs="1\ntwo\n", mine="uno\ntwo\n") is None


def test_two_insertions_in_one_place_do_not_stand_together():
    assert both(base="a\nb\n", theirs="a\nx\nb\n", mine="a\ny\nb\n") is None


@given(TEXT, TEXT)
@settings(max_examples=examples(200), deadline=None)
def test_where_only_one_changed_both_is_that_one(base, changed):
    assert both(base=base, theirs=changed, mine=base) == changed
    assert both(base=base, theirs=base, mine=changed) == changed


def test_a_list_is_read_one_entry_a_line():
    assert readable(["neck", "back"]) == "neck\nback"


def test_weeks_are_read_as_a_span():
    assert readable([4, None]) == "4 to open"
