"""The gate for typed text: whatever comes from outside passes here before anything else looks at it. Pure.

First its length, then what only looks like text. Each step takes time in proportion to the text, whatever is in it.
What passes can be written into a file of content/ and is read back from it as the same text.

Marks: a run of more than 30 is no writing, and Unicode's normal forms sort such runs, a long one for seconds.
Thirty is what the Stream-Safe Text Format takes, https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
"""

import re
import unicodedata
from typing import Literal

MOST_MARKS = 30
SLACK = 4  # characters typed for one that is kept: accents of their own, spaces in a row, two signs for a line end
UNREADABLE = "\ufffd"  # stands for what is no character: bytes that are not UTF-8, halves of one

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that show nothing
_MAYBE_MARKS = re.compile(f"[\u0300-\U0010ffff]{{{MOST_MARKS + 1}}}")
_EIGHTEEN = "\ufdfa"  # a formula in one sign, of which the forms NFKC and NFKD make eighteen
_MARKS_BY_FORM = "\uff9e\uff9f"  # letters that a normal form makes marks of
# Embeddings and isolates by what ends them. Overrides have no place here: they only make text read as it is not.
_ENDS = {"\u202a": "\u202c", "\u202b": "\u202c"} | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SILENT = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


class TooLong(ValueError):
    """A text that is read no further; `length` and `longest` in characters."""

    def __init__(self, length: int, longest: int) -> None:
        super().__init__(f"{length} characters, where {longest} are the most")
        self.length, self.longest = length, longest


def read_typed(text: str, *, longest: int) -> str:
    """The text as it is kept: LF line ends, nothing unseen, no run of marks, directions balanced in each line.

    TooLong where it is far longer than `longest`: whoever keeps it measures what is left. Twice changes nothing.
    """
    if len(text) > longest * SLACK:
        raise TooLong(len(text), longest)
    seen = _UNSEEN.sub("", _HALVES.sub(UNREADABLE, _LINE_ENDS.sub("\n", text)))
    return with_few_marks(_balanced(seen))


def cut_typed(text: str, *, longest: int) -> str:
    """The same for what is only looked for: its beginning, in one line and without invisible directions."""
    read = read_typed(text[: longest * SLACK], longest=longest)
    return " ".join(without_directions(read).split())[:longest].strip()


def shows_something(text: str) -> bool:
    """Whether any sign of it leaves a mark on the page: a letter, number, punctuation mark or symbol."""
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANKS for sign in text)


def without_directions(text: str) -> str:
    """The text without the signs that only tell which way it runs: copied numbers and names carry them along."""
    return _SILENT.sub("", text)


def with_few_marks(text: str) -> str:
    """The text without those marks that are more than 30 in a row."""
    if not _MAYBE_MARKS.search(text):
        return text
    kept, run = [], 0
    for sign in text:
        run = run + 1 if _is_mark(sign) else 0
        if run <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def normalised(form: _Form, text: str) -> str:
    """One of Unicode's normal forms, in time that grows with the text alone, and not much longer than it."""
    few = with_few_marks(text)
    return unicodedata.normalize(form, few.replace(_EIGHTEEN, " ") if "K" in form else few)


def _is_mark(sign: str) -> bool:
    """Whether it goes with the sign before it, as it stands or in some normal form."""
    return bool(
        unicodedata.combining(sign)
        or unicodedata.category(sign) in ("Mn", "Me")
        or sign in _MARKS_BY_FORM
    )


def _balanced(text: str) -> str:
    """Directions that begin and end in the same line, one within another; all others left out."""
    if not _TURNING.search(text):
        return text
    return "\n".join(map(_balanced_line, text.split("\n")))


def _balanced_line(line: str) -> str:
    kept: list[str] = []
    opened: list[tuple[int, str]] = []  # where it stands, and what ends it
    for sign in line:
        if sign in _ENDS:
            opened.append((len(kept), _ENDS[sign]))
        elif _TURNING.match(sign):
            if not opened or opened[-1][1] != sign:
                continue
            opened.pop()
        kept.append(sign)
    for place, _ in opened:
        kept[place] = ""
    return "".join(kept)


def number_in(text: str | None) -> int:
    """A key as it came over HTTP; 0, which no row has, for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
