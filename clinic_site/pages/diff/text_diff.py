"""What changed between two texts, word by word; and both of two changes in one text. Pure.

The work is bounded: equal beginnings and ends are set aside, then lines are compared, then the
words of lines that differ. Stretches too large for that are shown as taken out and put in whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SAME, OUT, IN = "same", "out", "in"
MOST_LINES = 1_500
MOST_WORDS = 800
LONG = 400  # characters of unchanged text beyond which a reader would rather fold it
_WORDS = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")
Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text: "same", "out" (only in the old one) or "in" (only in the new one)."""

    kind: str
    text: str

    @property
    def is_long(self) -> bool:
        """Whether it is an unchanged stretch that is better folded."""
        return self.kind == SAME and len(self.text) > LONG


def word_diff(old: str, new: str) -> Sequence[Piece]:
    """The pieces that make both texts: without "in" the old one, without "out" the new one."""
    return _joined(_line_pieces(old.splitlines(keepends=True), new.splitlines(keepends=True)))


def readable(value: Any) -> str:
    """A field's JSON value as a person reads it: lists one entry a line, yes/no, label: value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {readable(part)}" for key, part in value.items())
    if isinstance(value, list):
        is_flat = all(isinstance(part, int | float | None) for part in value)
        return (" to " if is_flat else "\n").join(readable(part) or "open" for part in value)
    return str(value)


def both(*, base: str, theirs: str, mine: str) -> str | None:
    """A text with the changes of both; None where they changed the same lines differently."""
    old, one, other = (text.splitlines(keepends=True) for text in (base, theirs, mine))
    if max(map(len, (old, one, other))) > MOST_LINES:
        return None
    edits = sorted({*_edits(old, one), *_edits(old, other)})
    merged, place = [], 0
    for number, (start, end, lines) in enumerate(edits):
        if number and start <= edits[number - 1][1]:  # touching edits may mean the same words
            return None
        merged += [*old[place:start], *lines]
        place = end
    return "".join([*merged, *old[place:]])


def _edits(old: list[str], new: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for tag, start, end, new_start, new_end in _opcodes(old, new):
        if tag != "equal":
            yield start, end, tuple(new[new_start:new_end])


def _line_pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, start, end, new_start, new_end in _bounded(old, new, MOST_LINES):
        before, after = "".join(old[start:end]), "".join(new[new_start:new_end])
        if tag == "equal":
            yield Piece(SAME, before)
        else:
            yield from _word_pieces(_WORDS.findall(before), _WORDS.findall(after))


def _word_pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, start, end, new_start, new_end in _bounded(old, new, MOST_WORDS):
        if tag == "equal":
            yield Piece(SAME, "".join(old[start:end]))
            continue
        yield Piece(OUT, "".join(old[start:end]))
        yield Piece(IN, "".join(new[new_start:new_end]))


def _bounded(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[Opcode]:
    """Opcodes over the whole of both; a middle of more than `most` parts counts as replaced."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if head:
        yield "equal", 0, head, 0, head
    if max(old_end, new_end) - head > most:
        yield "replace", head, old_end, head, new_end
    else:
        for tag, start, end, new_start, stop in _opcodes(old[head:old_end], new[head:new_end]):
            yield tag, head + start, head + end, head + new_start, head + stop
    if tail:
        yield "equal", old_end, len(old), new_end, len(new)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[Opcode]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts at the beginning are the same."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _joined(pieces: Iterator[Piece]) -> Sequence[Piece]:
    """Neighbours of one kind as one piece; what is out stands before what is in."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
