"""What was found, marked in the words of a passage, and the piece of a text in which most of it stands. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from clinic_site.search.engine_types import Concept
from clinic_site.search.normalizing import SMALL, folded, stem

Parts = Sequence[tuple[str, bool]]  # text, and whether it was found
SHOWN = 32  # words of a text
BEFORE = 4  # words before the first that was found
_PIECES = re.compile(r"([^\W_]+)")
_ENDS = re.compile(r"(?<=[.!?])\s")


def stems_of(concepts: Iterable[Concept]) -> set[str]:
    """The stems of all words that may be marked."""
    phrases = (phrase for one in concepts for phrase in (one.typed, *one.others))
    words = {word for phrase in phrases for word in phrase if len(phrase) == 1 or word not in SMALL}
    return {stem(word) for word in words}


def marked(text: str, stems: set[str]) -> Parts:
    """The whole text in parts.

    >>> marked("a sore spot", {"sor"})
    [('a ', False), ('sore', True), (' spot', False)]
    """
    parts: list[tuple[str, bool]] = []
    for number, piece in enumerate(_PIECES.split(text)):
        is_found = number % 2 == 1 and _has(piece, stems)
        if parts and parts[-1][1] == is_found:
            parts[-1] = (parts[-1][0] + piece, is_found)
        elif piece:
            parts.append((piece, is_found))
    return parts


def excerpt(text: str, stems: set[str]) -> Parts:
    """The piece of a text with most of what was found, marked; "…" where something is left out."""
    words = text.split()
    found = [number for number, word in enumerate(words) if _has(word, stems)]
    if len(words) <= SHOWN or not found:
        at = 0
    else:
        width = SHOWN - BEFORE
        many = [bisect_left(found, place + width) - number for number, place in enumerate(found)]
        first = found[many.index(max(many))]
        at = min(max(0, first - BEFORE), len(words) - SHOWN)
    piece = " ".join(words[at : at + SHOWN])
    before = "… " if at else ""
    after = " …" if at + SHOWN < len(words) else ""
    return marked(f"{before}{piece}{after}", stems)


def _has(word: str, stems: set[str]) -> bool:
    return not stems.isdisjoint(_stems(word))


@lru_cache(maxsize=10_000)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(stem(folded(piece)) for piece in _PIECES.findall(word))


def first_sentences(text: str, *, most: int) -> str:
    """Whole sentences from the beginning, as many as have up to `most` words; at least the first.

    >>> first_sentences("One here. Two here. Three.", most=4)
    'One here. Two here.'
    """
    shown: list[str] = []
    for sentence in _ENDS.split(text):
        if shown and sum(len(one.split()) for one in (*shown, sentence)) > most:
            break
        shown.append(sentence)
    return " ".join(shown)
