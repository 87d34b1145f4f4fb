"""Where a sentence that was read out of Markdown stands in its source, with its signs, links and breaks. Pure."""

import re
from collections import Counter

_MARKS = r"(?:[*_~`\\\[]|\]\([^)\n]*\)|\]\[[^\]\n]*\]|\[\^[^\]\n]*\])*"
_BREAK = r"[\s>]+"
_ENTITIES = {"&": "(?:&amp;|&)", "<": "(?:&lt;|<)", ">": "(?:&gt;|>)", '"': '(?:&quot;|")'}
_BEFORE = re.compile(r"!?[*_~`\[]+$")
_AFTER = re.compile(r"(?:[*_~`]|\]\([^)\n]*\)|\]\[[^\]\n]*\])+")
_ADDRESS = re.compile(r"\]\([^)\n]*\)|\]\[[^\]\n]*\]")
_RUN = re.compile(r"\*+|_+|~+|`+")
_ESCAPED = re.compile(r"\\.")
_LONGEST = 600  # characters: what runs on for longer has no other wording, and would be looked for at length
_MOST_MARKS = 40  # before a place


def place_in_source(source: str, sentence: str, line: int = 1) -> tuple[int, int] | None:
    """From where to where a source says this sentence, from this line (1-based) on if it does there.

    What is put in its place leaves no sign of bold words or links without its partner. None: it is not found, or is
    too long to be one sentence.
    """
    words = sentence.split()
    if not words or len(sentence) > _LONGEST:
        return None
    told = re.compile(f"{_MARKS}{_BREAK}{_MARKS}".join(map(_word, words)))
    lines = source.split("\n", line - 1)
    begins = len(source) - len(lines[-1]) if len(lines) == line else 0
    found = told.search(source, begins) or told.search(source)
    return _with_its_marks(source, *found.span()) if found else None


def _word(word: str) -> str:
    return _MARKS.join(_ENTITIES.get(sign, re.escape(sign)) for sign in word)


def _with_its_marks(source: str, start: int, end: int) -> tuple[int, int]:
    """The same place, wider where a mark in it has its partner right before or behind it."""
    near = max(0, start - _MOST_MARKS)
    before = _BEFORE.search(source[near:start])
    after = _AFTER.match(source, end)
    wider_start = near + before.start() if before else start
    wider_end = after.end() if after else end
    places = (
        (start, end),
        (wider_start, end),
        (start, wider_end),
        (wider_start, wider_end),
    )
    whole = (place for place in places if _is_whole(source[slice(*place)]))
    return next(whole, places[-1])


def _is_whole(piece: str) -> bool:
    """Whether every mark has its partner."""
    plain = _ADDRESS.sub("]", _ESCAPED.sub("", piece))
    marks = Counter(_RUN.findall(plain))
    is_paired = all(number % 2 == 0 for number in marks.values())
    return is_paired and plain.count("[") == plain.count("]")
