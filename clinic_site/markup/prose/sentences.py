"""The sentences and words of a plain text (no Markdown, no HTML): where one ends, and where a point ends none.

A blank line ends a sentence, so headings and list items need no full stop. Pure.
"""

import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"\n\s*\n")
# Marks, then what closes them; only the first mark of a run begins one, so that a long run is read once.
_STOP = re.compile(r"(?<![.!?…])([.!?…]++)[\"”’)\]]*+(?=\s)")
_LAST_WORD = re.compile(r"[^\s(\[“\"/]+$")
_OPENING = "“‘\"'([*_"
# Never at an end; before a number; and those that may stand at an end, where a capital letter follows.
_ABBREVIATIONS = frozenset(
    "dr mr mrs ms mx prof st ste mt ft e.g eg i.e ie vs cf approx ca vol pp ed eds dept univ incl excl"
    " resp b.c u.s u.k".split()
)
_BEFORE_NUMBERS = frozenset("no nos nr fig ext tel min max".split())
_AT_ENDS = frozenset(
    "a.m p.m am pm etc inc ltd co corp al jr sr ave blvd rd hwy hr hrs wk yr".split()
)
_OF_A_SERIES = frozenset(
    "vitamin plan hepatitis grade type part group phase option suite unit".split()
)
_DATES = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august)\b"
    r"|(?:septem|octo|novem|decem)ber|pacific",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*%?")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each in one line; pieces without a word are left out.

    The point of an abbreviation, an initial or a number ends none, nor do dots where the words go on.
    """
    pieces = (piece for block in _PARAGRAPH.split(text) for piece in _split(block))
    return [" ".join(piece.split()) for piece in pieces if _WORD.search(piece)]


def _split(block: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(block):
        before = block[max(start, stop.start() - 40) : stop.start()]
        after = block[stop.end() : stop.end() + 40].lstrip()
        if _ends_here(before, stop[1], after):
            yield block[start : stop.end()]
            start = stop.end()
    yield block[start:]


def _ends_here(before: str, marks: str, after: str) -> bool:
    """Whether marks between these words end a sentence."""
    next_word = after.lstrip(_OPENING)
    goes_on = next_word[:1].islower()
    if marks.startswith(("…", "..")):
        return not goes_on
    last = _LAST_WORD.search(before)
    if marks != "." or last is None:
        return True
    word = last[0].casefold()
    if word in _BEFORE_NUMBERS:
        return not next_word[:1].isdigit() and not goes_on
    if word in _AT_ENDS:
        return not goes_on and not next_word[:1].isdigit() and not _DATES.match(next_word)
    return word not in _ABBREVIATIONS and not _is_initial(last[0], before[: last.start()])


def _is_initial(word: str, before: str) -> bool:
    """Whether it is one letter of a name: J. Smith, A.J. Smith; not the C of vitamin C."""
    if not re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])*", word) or not word[0].isupper():
        return False
    return word != "I" and (before.split() or [""])[-1].casefold() not in _OF_A_SERIES


def words(text: str) -> list[str]:
    """The words of a text in order; "9-1-1", "19.18%" and "you’re" are one word each."""
    return _WORD.findall(text)
