"""Claims in a page's words: sentences that promise, compare or sell. Pure, but for the rules' file."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from clinic_site.markup import readability
from clinic_site.markup.passages import sentences_of
from clinic_site.pages.checks.rules import HERE, Rules, current_rules

PLAIN = ("title", "menu_title", "summary", "description")
SIGNS = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True)
class Told:
    """One sentence of a page: which field it stands in, and its line there (1-based)."""

    field: str
    line: int
    text: str


@dataclass(frozen=True)
class Claim:
    """A sentence that claims too much, the words that do, and what to write instead."""

    field: str
    line: int
    sentence: str
    words: str
    rule: str
    say: str


def claims_in(words: Mapping[str, Any], rules: Rules | None = None) -> list[Claim]:
    """Every claim in the words of a page; the clinic's own statements are let pass word for word."""
    in_force = rules or current_rules()
    return [
        claim
        for told in sentences_told(words)
        if not is_own(told.text)
        for claim in _claims(told, in_force)
    ]


def sentences_told(words: Mapping[str, Any]) -> Iterator[Told]:
    """Every sentence that a page tells, from its title to its details."""
    for name in PLAIN:
        for text in readability.sentences(str(words.get(name) or "")):
            yield Told(name, 1, text)
    for sentence in sentences_of(str(words.get("body") or "")):
        yield Told("body", sentence.line, sentence.text)
    for key, value in (words.get("details") or {}).items():
        for text in _texts(value):
            for sentence_text in readability.sentences(text):
                yield Told(f"details.{key}", 1, sentence_text)


def is_own(sentence: str) -> bool:
    """Whether it is one of the clinic's own statements, word for word."""
    return _folded(sentence).rstrip(" .:") in _own_words()


def _claims(told: Told, rules: Rules) -> Iterator[Claim]:
    text = _folded(told.text)
    for rule in rules.claims:
        excused = [match.span() for match in rule.unless.finditer(text)] if rule.unless else []
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if not any(first <= start and end <= last for first, last in excused):
                yield Claim(told.field, told.line, told.text, match[0], rule.name, rule.say)
                break


def _folded(text: str) -> str:
    """The text without what only looks different: case, widths, invisible signs, curly quotes."""
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join(seen.translate(SIGNS).casefold().split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


@cache
def _own_words() -> frozenset[str]:
    lines = (HERE / "own_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_folded(line).rstrip(" .:") for line in lines if not line.startswith("#"))
