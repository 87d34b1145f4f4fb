"""Twice the text takes about twice the work, however hostile; too much of it is not begun.

Work is counted in lines of Python that are run, which does not depend on the machine.
"""

import sys
from functools import cache
from types import FrameType
from typing import Any

import pytest

from clinic_site.markup import parse
from clinic_site.markup.rendering import MAX_CHARACTERS

UNITS = {
    "open brackets": "[",
    "open images": "![",
    "closed brackets": "[[]]",
    "pairs": "[a][b]",
    "eight deep": "[[[[[[[[a]]]]]]]]",
    "links in images": "[![",
    "links": "[[a](/b)",
    "open links": "[a](",
    "open addresses": "[a](<b",
    "open titles": '[a](/x "b ',
    "brackets and stars": "*[a",
    "stars and lines": "*a _b ",
    "strong": "**a ",
    "mixed stars": "***a b_c ",
    "within words": "a**b",
    "ticks": "``` `` ` a ",
    "angles": "<a",
    "addresses": "<http://a ",
    "comments": "<!-- ",
    "entities": "&a",
    "numbers": "&#x",
    "escapes": "\\[",
    "open sources": "[^a",
    "references": "[^a] ",
    "sources": "[^a]: x\n",
    "sources in sources": "[^a]: ",
    "different sources": None,
    "quotes": "> ",
    "lines of quotes": "> a\n",
    "lazy quotes": "> a\nb\n",
    "lists": "- ",
    "lines of lists": "- a\n",
    "lists and quotes": "> - ",
    "deeper lists": None,
    "numbered": "1) a\n",
    "headings": "# a\n",
    "anchors": "## a {#b}\n",
    "same headings": "## same\n",
    "underlined": "a\n=\n",
    "lines": "a\n",
    "hard lines": "a  \n",
    "tables": "|a|b|\n|-|-|\n",
    "rows": "a|b\n-|-\n",
    "cells": "| a ",
    "definitions": "a\n: b\n",
    "far definitions": "a\n: b\n\n",
    "definitions in definitions": ": ",
    "link definitions": "[a]: /x\n",
    "open link definitions": "[a]:\n",
    "rules": "- - -\n",
    "fences": "```\n",
    "call-outs": "> [!NOTE]\n> a\n\n",
    "spaces": " ",
    "line ends": "\n",
}


def hostile(name: str, size: int) -> str:
    """About so many characters of one kind; a source is defined, so that references are tried."""
    if name == "different sources":
        body = "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(size // 16))
    elif name == "deeper lists":
        body = "".join("  " * (n % 14) + "- a\n" for n in range(size // 18))
    else:
        unit = UNITS[name] or ""
        body = unit * (size // len(unit))
    return f"[^a]: x\n\n{body}"


@cache
def work(text: str) -> int:
    """How many lines of Python are run to parse a text."""
    lines = 0

    def count(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        parse.__wrapped__(text)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("name", UNITS)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    once, twice = work(hostile(name, 1_000)), work(hostile(name, 2_000))
    assert twice <= 2.3 * once + 1_000


@pytest.mark.parametrize("name", UNITS)
def test_no_character_costs_more_than_a_known_amount(name: str) -> None:
    text = hostile(name, 2_000)
    assert work(text) <= 450 * len(text)


@pytest.mark.parametrize("name", ["open brackets", "quotes", "strong", "lists", "ticks", "links"])
def test_a_megabyte_is_refused_unparsed(name: str) -> None:
    text = hostile(name, 1_000_000)
    assert work(text) < 1_000
    assert "share it out" in parse.__wrapped__(text).problems[0].message


def test_the_count_sees_work_that_grows_too_fast() -> None:
    assert work("a\n" * 400) > 1.9 * work("a\n" * 200) > 1_000


def test_the_longest_text_that_is_taken_is_far_more_than_a_page() -> None:
    assert parse("A word of it. " * (MAX_CHARACTERS // 14)).problems == ()
