"""What is asked of the index, and what it answers; the same for every database."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

START, END = "\x02", "\x03"  # around what was found; no passage has such signs
MANY = 2_000  # passages; of more than these the database ranks only those that say it in a title or name
_MARKED = re.compile(f"{START}([^{END}]*){END}")
Parts = Sequence[tuple[str, bool]]  # text, and whether it was found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Phrases of one word or more, all of them or any. `is_open`: the last may be the beginning of a longer word."""

    phrases: tuple[tuple[str, ...], ...]
    is_every: bool = True
    is_open: bool = False

    @classmethod
    def words(cls, words: Iterable[str], *, is_every: bool, is_open: bool) -> "Wanted":
        """Single words, wherever they stand."""
        return cls(tuple((word,) for word in words), is_every, is_open)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage as the index found it, with what was found in its title and its text.

    `path` and `folder`: of its page, as they are now. `words`: its whole text.
    """

    path: str
    folder: str
    revision: int
    anchor: str
    names: str
    place: str
    words: str
    title: Parts
    text: Parts


class Engine(Protocol):
    """A database's own way to search the passages."""

    def hits(self, wanted: Wanted, most: int) -> list[Hit]:
        """The best passages first."""

    def known(self, words: Sequence[str]) -> set[str]:
        """Those of the words that some passage has, in whatever form."""

    def take_turns(self) -> None:
        """Until the end of the transaction, nobody else writes to the index."""


def parts(marked: str) -> Parts:
    """A text with marks as parts, for a template to mark again.

    >>> parts("a \\x02sore\\x03 spot")
    [('a ', False), ('sore', True), (' spot', False)]
    """
    pieces = _MARKED.split(marked)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]
