"""Writing a content file touches the lines that must change, and nothing else."""

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clinic_site.markup import SourceError, read_source, write_source
from tests.at_length import examples

FILE = """---
layout: article
title:   "What is IMS?"   # the question

# remarks stay
areas:
  - neck
  - back
summary: Words.
---

## A

b
"""


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    "text",
    [
        FILE,
        FILE.replace("\n", "\r\n"),
        "\ufeff" + FILE,
        "",
        "a",
        "---\n---",
        "---\na: 1\n---\n\n\n",
    ],
)
def test_nothing_to_write_changes_no_byte(text: str) -> None:
    assert write_source(text, front={}, body=None) == text


def test_what_is_there_already_changes_no_byte() -> None:
    source = read_source(FILE.encode())
    assert write_source(FILE, front=source.front, body=source.body) == FILE


def test_only_the_line_of_the_key_changes() -> None:
    written = write_source(FILE, front={"summary": "Other words."}, body=None)
    assert changed_lines(FILE, written) == (["summary: Words."], ["summary: Other words."])


def test_all_lines_of_a_longer_value_are_replaced() -> None:
    written = write_source(FILE, front={"areas": ["knee"]}, body=None)
    assert changed_lines(FILE, written) == (["areas:", "  - neck", "  - back"], ["areas: [knee]"])


def test_remarks_and_empty_lines_between_keys_stay() -> None:
    written = write_source(FILE, front={"title": "IMS"}, body=None)
    assert "title: IMS\n\n# remarks stay\nareas:" in written


def test_a_new_key_comes_last() -> None:
    assert "summary: Words.\nposition: 3\n---\n" in write_source(
        FILE, front={"position": 3}, body=None
    )


def test_none_takes_the_key_out() -> None:
    written = write_source(FILE, front={"areas": None}, body=None)
    assert "areas" not in read_source(written.encode()).front
    assert "# remarks stay\nsummary: Words." in written


def test_only_the_body_changes() -> None:
    assert write_source(FILE, front={}, body="c\n") == FILE.replace("## A\n\nb\n", "c\n")


def test_the_line_ends_of_the_file_are_kept() -> None:
    text = FILE.replace("\n", "\r\n")
    written = write_source(
        text, front={"summary": "One.\nTwo.\n", "new": [{"a": "b"}]}, body="c\nd\n"
    )
    assert "\n" not in written.replace("\r\n", "")


def test_line_ends_of_a_form_become_those_of_the_file() -> None:
    assert write_source("---\na: b\n---\n\nc\n", front={}, body="d\r\ne\r\n").endswith("\n\nd\ne\n")


def test_a_long_text_is_folded_into_lines() -> None:
    words = "Fine needles go into tight places in a muscle, and let it go again. " * 4
    written = write_source(FILE, front={"summary": words.strip()}, body=None)
    assert "summary: >-\n  Fine needles" in written
    assert max(map(len, written.splitlines())) <= 100


def test_a_text_of_several_lines_is_written_in_lines() -> None:
    written = write_source(FILE, front={"consent": "One.\n\nTwo.\n"}, body=None)
    assert "consent: |\n  One.\n\n  Two.\n" in written


def test_a_text_that_looks_like_something_else_is_quoted() -> None:
    written = write_source(FILE, front={"a": "2026-01-01", "b": "yes", "c": "d: e"}, body=None)
    assert "a: '2026-01-01'\nb: 'yes'\nc: 'd: e'\n" in written


def test_short_lists_stand_on_one_line_and_long_things_under_one_another() -> None:
    front = {"weeks_between": [0.5, 1], "facts": [{"label": "a", "value": "b"}]}
    written = write_source(FILE, front=front, body=None)
    assert "weeks_between: [0.5, 1]\nfacts:\n  - label: a\n    value: b\n" in written


def test_a_file_without_front_matter_gets_some() -> None:
    assert write_source("a\n", front={"title": "B"}, body=None) == "---\ntitle: B\n---\n\na\n"


def test_a_body_is_never_mistaken_for_front_matter() -> None:
    written = write_source("a\n", front={}, body="---\nb: c\n---\n")
    assert read_source(written.encode()).body == "---\nb: c\n---\n"


def test_front_matter_on_one_line_is_written_anew() -> None:
    written = write_source("---\n{a: 1, b: 2}\n---\n", front={"b": 3}, body=None)
    assert written == "---\na: 1\nb: 3\n---\n"


def test_a_list_used_twice_is_written_twice() -> None:
    hours = ["09:00-18:00"]
    written = write_source(FILE, front={"hours": {"monday": hours, "friday": hours}}, body=None)
    assert read_source(written.encode()).front["hours"] == {"monday": hours, "friday": hours}


def test_one_and_true_are_told_apart() -> None:
    assert write_source("---\na: 1\n---\n", front={"a": True}, body=None) == "---\na: true\n---\n"


def test_a_file_that_cannot_be_read_is_not_written() -> None:
    with pytest.raises(SourceError):
        write_source("---\na: b: c\n---\n", front={"a": "d"}, body=None)


_words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n\t"),
    max_size=200,
).filter(lambda text: "\ufeff" not in text and "\ufffe" not in text and "\uffff" not in text)
_scalars = st.one_of(
    _words,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(min_value=datetime.date(1000, 1, 1)),
)
_keys = st.text("abcdefgh_", min_size=1, max_size=8)
_values = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_keys, inner, max_size=4)),
    max_leaves=8,
)
_fronts = st.dictionaries(_keys, _values, max_size=5)


@st.composite
def _files(draw: st.DrawFn) -> str:
    """A file as people write one: YAML in one of several forms, remarks, either line end."""
    front = draw(_fronts)
    flow = draw(st.sampled_from([None, False, True]))
    block = yaml.safe_dump(front, allow_unicode=True, default_flow_style=flow) if front else ""
    above = draw(st.sampled_from(["", "# remark\n", "\n"]))
    below = draw(st.sampled_from(["", "# end\n", "\n\n"]))
    text = f"---\n{above}{block}{below}---\n" + draw(st.sampled_from(["", "\n"]))
    text = draw(st.sampled_from([text + draw(_words), draw(_words)]))
    text = draw(st.sampled_from(["", "\ufeff"])) + text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def readable(text: str) -> bool:
    try:
        read_source(text.encode())
    except SourceError:
        return False
    return True


@settings(max_examples=examples(500), deadline=None)
@given(_files().filter(readable), _fronts, _words)
@example("---\na: 1\n...\n---\n", {"b": 2}, "")
@example("---\na: |\n  b\n\n\n---\n", {"a": "c"}, "\n\n")
@example("", {"a": "\n", "b": []}, "")
def test_what_is_written_is_read_again(text: str, front: dict[str, Any], body: str) -> None:
    source = read_source(write_source(text, front=front, body=body).encode())
    assert (source.front, source.body) == (
        read_source(text.encode()).front | front,
        body,
    )


@settings(max_examples=examples(200), deadline=None)
@given(_files().filter(readable), _fronts)
def test_writing_twice_is_writing_once(text: str, front: dict[str, Any]) -> None:
    once = write_source(text, front=front, body=None)
    assert write_source(once, front=front, body=None) == once


@settings(max_examples=examples(200), deadline=None)
@given(_files().filter(readable))
def test_a_key_put_in_and_taken_out_again_leaves_the_values(text: str) -> None:
    there = write_source(text, front={"zzz": "a"}, body=None)
    back = write_source(there, front={"zzz": None}, body=None)
    assert read_source(back.encode()).front == read_source(text.encode()).front
