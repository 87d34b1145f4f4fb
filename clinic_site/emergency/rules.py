"""phrases.yaml as rules: read and checked, for the matcher here and for the one in the form's script. Pure.

>>> Rules.read("{joins: {}, small: a, lists: {b: c d}, kinds: [], harmless: [], slips: ''}", "").lists["b"]
['c', 'd']
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from clinic_site.emergency.levels import NAMED, Level

HERE = Path(__file__).parent
NEAR = 3  # words that may stand between a and b of "a .. b"
_ONE = r"(?:\^|\$|<\w+>|[a-z0-9]+\*?)"
_TERM = re.compile(rf"{_ONE}(?:\|{_ONE})*")


class PhrasesError(ValueError):
    """What is wrong in phrases.yaml, and what to write."""


@dataclass(frozen=True, slots=True)
class Term:
    """One place in a phrase: the words that may stand there, and how many others may stand before it."""

    words: frozenset[str]
    others: int


Row = tuple[Term, ...]  # terms in their order
Phrase = tuple[Row, ...]  # rows that stand near each other


@dataclass(frozen=True)
class Rules:
    """All that the file says. `as_json`: the same in types that JSON knows."""

    joins: Mapping[str, str]
    small: frozenset[str]
    lists: Mapping[str, Sequence[str]]
    kinds: Sequence[tuple[Level, Phrase]]
    harmless: Sequence[Row]
    slips: Mapping[str, Sequence[str]]  # by their first letter
    plain: frozenset[str]
    as_json: Mapping[str, Any]

    @cached_property
    def kinds_by_first(self) -> Mapping[str, Sequence[int]]:
        """Which of `kinds` begin with a word, so that a text is held only against those that it may have."""
        return _by_first(phrase[0] for _, phrase in self.kinds)

    @cached_property
    def harmless_by_first(self) -> Mapping[str, Sequence[int]]:
        """The same of `harmless`."""
        return _by_first(self.harmless)

    @classmethod
    def read(cls, text: str, plain: str) -> "Rules":
        """The rules of a YAML text; `plain`: words of English that are no slip, one a line.

        PhrasesError says where it cannot be read and what to write.
        """
        try:
            said: dict[str, Any] = yaml.safe_load(text)
            lists = {name: str(words).split() for name, words in said["lists"].items()}
            small = frozenset(str(said["small"]).split())
            slips: dict[str, list[str]] = {}
            for word in str(said["slips"]).split():
                slips.setdefault(word[0], []).append(word)
            return cls(
                joins=dict(said["joins"]),
                small=small,
                lists=lists,
                kinds=[
                    (_level(kind), tuple(_row(part, lists, small) for part in phrase.split(" & ")))
                    for kind in said["kinds"]
                    for phrase in map(str, kind["phrases"])
                ],
                harmless=[_row(str(phrase), lists, small) for phrase in said["harmless"]],
                slips=slips,
                plain=frozenset(plain.split()),
                as_json=said | {"plain": plain, "levels": NAMED},
            )
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise PhrasesError(
                f"phrases.yaml cannot be read ({error!r}): write it as its first lines say"
            ) from error

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that some phrase names, "droop*" with its star."""
        rows = [*(row for _, phrase in self.kinds for row in phrase), *self.harmless]
        return frozenset(word for row in rows for term in row for word in term.words)


@cache
def shipped_rules() -> Rules:
    """The rules that come with the site."""
    text = (HERE / "phrases.yaml").read_text(encoding="utf-8")
    return Rules.read(text, (HERE / "plain_words.txt").read_text(encoding="utf-8"))


def _by_first(rows: Iterable[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for word in row[0].words:
            found.setdefault(word, []).append(number)
    return found


def _level(kind: Mapping[str, Any]) -> Level:
    try:
        return NAMED[str(kind["level"])]
    except KeyError:
        raise PhrasesError(
            f"“{kind.get('name')}” in phrases.yaml needs a level: 9-1-1, 9-8-8, emergency, today or numbers"
        ) from None


def _row(text: str, lists: Mapping[str, Sequence[str]], small: frozenset[str]) -> Row:
    terms, others = [], 0
    for place in text.split():
        if place == "..":
            others = NEAR
            continue
        words = _words(place, text, lists)
        if words - small:  # what is left out of what is typed is left out here
            terms.append(Term(words, others))
            others = 0
    if not terms:
        raise PhrasesError(f"“{text}” in phrases.yaml has no word: small words are left out")
    return tuple(terms)


def _words(place: str, text: str, lists: Mapping[str, Sequence[str]]) -> frozenset[str]:
    if not _TERM.fullmatch(place):
        raise PhrasesError(
            f"“{place}” in “{text}” in phrases.yaml is no word: write a-z, | and <list>"
        )
    try:
        return frozenset(
            word
            for one in place.split("|")
            for word in (lists[one[1:-1]] if one.startswith("<") else [one])
        )
    except KeyError as error:
        raise PhrasesError(f"“{text}” in phrases.yaml: there is no list {error}") from None
