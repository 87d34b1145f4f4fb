"""Typed text and the site's words on common ground: without case and accents. Pure.

>>> read_typed("Does my Shoulder hurt? i.m.s.").words
('does', 'my', 'shoulder', 'hurt', 'ims')
"""

import re
import unicodedata
from dataclasses import dataclass

from clinic_site.typed_text import normalised

MOST_SIGNS, MOST_WORDS, LONGEST_WORD = 200, 14, 40
LEAST_OPEN = 3  # letters from which the last word may be the beginning of a longer one
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u2032`\u00b4]")
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?")  # i.m.s.
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# They stand everywhere and say little; they count only where nothing else was typed.
SMALL = frozenset(
    "a about after am an and any are at be been before by can cause cant could d did do does doesnt dont "
    "during for from get had has have how i if im in is isnt it its ll long last m me much my need normal "
    "of on or re s should so t that the their them there they this to ve was we were what when where "
    "which who why will with would you your".split()
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: the text to show again, and the words to look for, in order."""

    text: str
    words: tuple[str, ...]
    is_open: bool = False  # the last word may be the beginning of a longer one


def read_typed(text: str) -> Typed:
    """Anything at all as words; more than 200 signs or 10 words are cut off."""
    shown = " ".join(_UNSEEN.sub(" ", text[: 4 * MOST_SIGNS]).split())[:MOST_SIGNS].strip()
    words = words_in(_DOTTED.sub(lambda letters: letters[0].replace(".", ""), shown))
    kept = tuple(words)[:MOST_WORDS]
    return Typed(shown, kept, bool(kept) and kept[-1] == words[-1] and _may_go_on(kept[-1]))


def _may_go_on(word: str) -> bool:
    """Not a plural: its stem is the beginning of other words ("ims" of "impingement")."""
    return len(word) >= LEAST_OPEN and not word.endswith("s")


def words_in(text: str) -> list[str]:
    """The words of a text in order: "De Quervain’s" is de, quervain, s."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def folded(text: str) -> str:
    """Letters without accents and case; apostrophes part words, as they do in the index."""
    apart = _APOSTROPHES.sub(" ", text)
    if not apart.isascii():
        split = normalised("NFKD", apart)
        apart = "".join(sign for sign in split if not unicodedata.combining(sign))
    return apart.casefold()


def pieces_of(word: str) -> set[str]:
    """Every three signs in a row of a word, its ends marked."""
    marked = f"^{word}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}
