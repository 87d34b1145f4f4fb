"""The gate for typed text: what it lets pass, what it makes of the rest, and that its time grows with the text."""

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_site.markup import read_source, write_source
from clinic_site.typed_text import (
    TooLong,
    cut_typed,
    normalised,
    read_typed,
)
from tests.at_length import examples
from tests.hostile_text import long_texts

LONG = 64 * 1024
# Letters, and what only looks like text: line separators, directions, controls, marks, halves of characters
ANYTHING = st.text(
    st.one_of(
        st.characters(codec=None, exclude_categories=()),
        st.sampled_from(
            "\r\n\x0b\x0c\x85\u2028\u2029\u202a\u202c\u202e\u2066\u2069\u0301\u0316\ufeff\x00"
        ),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    "text",
    [
        "Tôi bị đau đầu gối ở bên phải",
        unicodedata.normalize("NFD", "Tôi bị đau đầu gối"),
        "मेरे घुटने में दर्द है",
        "يؤلمني كتفي منذ أسبوع",
        "הכתף שלי כואבת\u200f",
        "می\u200cخواهم",
        "ปวดเข่าเมื่อขึ้นบันได",
        "👩🏽\u200d⚕️ 👨\u200d👩\u200d👧 🇨🇦 ❤️",
        "\u2067שלום\u2069 and \u202bمرحبا\u202c in a line",
        "a\tb\n\n  c",
    ],
)
def test_what_people_write_passes_as_it_is(text: str) -> None:
    assert read_typed(text, longest=200) == text


@pytest.mark.parametrize("sign", ["\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_separator_becomes_a_line_end(sign: str) -> None:
    assert read_typed(f"one{sign}two", longest=20) == "one\ntwo"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb\u202cc", "abc"),  # an override has no place, and what ends it neither
        ("a\u2066b\nc\u2069d", "ab\ncd"),  # a line ends what began in it
        ("\u2066\u202aa\u2069\u202cb", "\u202aa\u202cb"),  # not one within the other
        ("\u202b\u2067a\u2069\u202c", "\u202b\u2067a\u2069\u202c"),
        ("\x00a\x1bb\ufeff", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("e" + "\u0316\u0301" * 40, "e" + "\u0316\u0301" * 15),
        ("e" + "\u0301" * 20 + "\u202e" + "\u0301" * 20, "e" + "\u0301" * 30),
    ],
)
def test_what_is_no_writing_is_left_out(typed: str, kept: str) -> None:
    assert read_typed(typed, longest=100) == kept


def test_the_length_is_looked_at_first() -> None:
    with pytest.raises(TooLong) as refusal:
        read_typed("x" * 4_001, longest=1_000)
    assert (refusal.value.length, refusal.value.longest) == (4_001, 1_000)


def test_what_is_only_looked_for_is_cut() -> None:
    assert cut_typed(" sore\u202a  knee\r\n" + "x" * LONG, longest=12) == "sore knee xx"


def test_every_sign_that_a_normal_form_sorts_is_a_mark() -> None:
    sorted_ones = [
        chr(code)
        for code in range(0x110000)
        if unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[0])
    ]
    passed = [one for one in sorted_ones if read_typed("a" + one * 99, longest=200).count(one) > 30]
    assert passed == []
    assert len(sorted_ones) > 900


@settings(max_examples=examples(300), deadline=None)
@given(ANYTHING)
def test_twice_changes_nothing_and_what_passed_is_read_back_from_a_file(typed: str) -> None:
    text = read_typed(typed, longest=1_000)
    assert read_typed(text, longest=1_000) == text
    file = write_source("", front={"title": text, "names": [text]}, body=text)
    source = read_source(file.encode())
    assert (source.front["title"], source.front["names"], source.body) == (text, [text], text)


@settings(max_examples=examples(100), deadline=None)
@given(ANYTHING)
def test_normal_forms_are_those_of_unicode_where_no_run_is_cut(typed: str) -> None:
    text = read_typed(typed, longest=1_000)
    assert normalised("NFC", text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("kind", long_texts(1))
def test_a_text_twice_as_long_takes_twice_the_time(kind: str) -> None:
    short, long = long_texts(LONG)[kind], long_texts(4 * LONG)[kind]
    assert took(lambda: gate(long)) < 10 * took(lambda: gate(short))


def gate(text: str) -> str:
    """All that the gate does."""
    return normalised("NFKC", read_typed(text, longest=len(text)))


def took(work: Callable[[], object]) -> float:
    """Seconds of the processor, the least of three, and never too few to compare."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return max(min(times), 0.002)
