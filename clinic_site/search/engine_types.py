"""What is asked of the index, and what it answers; the same for every database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

Phrase = tuple[str, ...]
FIELDS = ("title", "names", "place", "text")
MOST_OF_A_FIELD = 800  # passages; a thing that stands in more of them tells them no more apart


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that was asked for: the words as typed, and what means the same."""

    typed: Phrase
    others: tuple[Phrase, ...] = ()
    is_open: bool = False  # the last word typed may be the beginning of a longer one
    is_weak: bool = False  # counts for little, and no passage has to have it


class Place(NamedTuple):
    """Where a phrase stands: in a passage, in which of FIELDS (its number), and of which concept it is.

    `is_typed`: it is the concept as typed, and not another word for it.
    """

    passage: int
    concept: int
    field: int
    is_typed: int  # 0 or 1, as databases tell it


class Engine(Protocol):
    """A database's own way to search the passages."""

    def places(self, concepts: Sequence[Concept]) -> Sequence[Place]:
        """Every place of each concept; one query."""

    def known(self, words: Sequence[str]) -> set[str]:
        """Those of the words that some passage has, in whatever form; one query."""

    def take_turns(self) -> None:
        """Until the end of the transaction, nobody else writes to the index."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question to the index: where in a field any of these phrases stands."""

    concept: int
    field: int
    is_typed: bool
    phrases: Sequence[Phrase]
    is_open: bool


def lookups(concepts: Sequence[Concept]) -> Iterator[Lookup]:
    """What an engine looks up for these concepts: each as typed and by its other words, field by field."""
    for number, concept in enumerate(concepts):
        for field in range(len(FIELDS)):
            yield Lookup(number, field, True, (concept.typed,), concept.is_open)
            if concept.others:
                yield Lookup(number, field, False, concept.others, False)
