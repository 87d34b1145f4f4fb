"""Typed text and the site's words on common ground: without case, accents and endings. Pure.

>>> read_typed("Does my Shoulder hurt? i.m.s.").words
('does', 'my', 'shoulder', 'hurt', 'ims')
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from clinic_site.typed_text import normalised

MOST_SIGNS, MOST_WORDS, LONGEST_WORD = 200, 14, 40
LEAST_OPEN = 5  # letters from which the last word may be the beginning of a longer one
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u2032`\u00b4]")
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?")  # i.m.s.
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# They stand everywhere and say little; they count only where nothing else was typed.
SMALL = frozenset(
    "a about actually all already also am an and another any anybody anyone anything anyway are as ask at away be "
    "because been being better between bit both but by came can cannot cant cause come comes coming could couldnt "
    "d did didnt do does doesnt doing done dont each else enough ever every everyone exactly expect few find for "
    "from gave get gets getting give given go goes going gone gonna got gotta great had has have having hello her "
    "here hey hi him his how i if im in instead into is isnt it its ive just later least let like likely ll look "
    "looking lot lots m made many may maybe me mean means might mind mine more most much must my myself never no "
    "not now of off oh ok okay on once one ones only or other others our out over own people perhaps person "
    "please possible probably put quite rather re really right s said same say says seen shall she should "
    "shouldnt since so some somebody someone something sometimes still such suggest sure t takes than thank "
    "thanks that the their them then there these they thing things think this those though through til till to "
    "today together told tomorrow tonight too took tried try trying um until up us usually ve very wanted wants "
    "was wasnt we well went were what whats when whenever where wheres whether which while who whom whos why will "
    "with within without wonder wondering wont would wouldnt yes yesterday yet you your youre yours".split()
)
# They say something, but little: they count beside other words, and no page has to have them.
WEAK = frozenset(
    "after afterward afterwards afternoon again bad before best during evening feel feeling first good happen "
    "happens help helps keep kind know last long longer make makes need needs new next normal often question "
    "questions recommend see risk risks risky safe safely safety dangerous danger unsafe sign signs symptom "
    "symptoms visit visits session sessions appointment appointments appt month months year years old day days "
    "time times soon start stay stop take taking tell wait want way week weeks work working works worst".split()
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: the text to show again, and the words to look for, in order."""

    text: str
    words: tuple[str, ...]
    is_open: bool = False  # the last word may be the beginning of a longer one


def read_typed(text: str) -> Typed:
    """Anything at all as words; more than 200 signs or 14 words are cut off."""
    shown = " ".join(_UNSEEN.sub(" ", text[: 4 * MOST_SIGNS]).split())[:MOST_SIGNS].strip()
    words = words_in(_DOTTED.sub(lambda letters: letters[0].replace(".", ""), shown))
    kept = tuple(words)[:MOST_WORDS]
    return Typed(shown, kept, bool(kept) and kept[-1] == words[-1] and _may_go_on(kept[-1]))


def _may_go_on(word: str) -> bool:
    """Not a plural: its stem is the beginning of other words ("nerves" of "nervous")."""
    return len(word) >= LEAST_OPEN and not word.endswith("s")


def words_in(text: str) -> list[str]:
    """The words of a text in order: "De Quervain’s" is de, quervain, s."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def folded(text: str) -> str:
    """Letters without accents and case; apostrophes part words."""
    apart = _APOSTROPHES.sub(" ", text)
    if not apart.isascii():
        split = normalised("NFKD", apart)
        apart = "".join(sign for sign in split if not unicodedata.combining(sign))
    return apart.casefold()


def stems_in(text: str) -> list[str]:
    """The words of a text without their endings: what the index holds, whichever database keeps it."""
    return [stem(word) for word in words_in(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its usual endings, for comparing only.

    >>> [stem(word) for word in ("soreness", "driving", "drive", "injuries", "injury", "stopped", "hiking", "sitting")]
    ['sore', 'driv', 'driv', 'injuri', 'injuri', 'stop', 'hike', 'sit']
    >>> [stem(word) for word in ("site", "much", "shoes", "knees", "fee", "boxing")]
    ['site', 'much', 'shoe', 'knee', 'fee', 'box']
    """
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            left = word[: -len(ending)]
            return stem(_whole(left) if ending in ("ing", "ed") else left)
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > _SHORT else word


_ENDINGS = (
    ("ness", 3),
    ("ing", 3),
    ("ed", 3),
    ("ly", 4),
    ("s", 3),
    ("e", 4),
)  # and what is left at least
_SHORT = 3
_VOWELS = "aeiouy"


def _whole(stump: str) -> str:
    """What "ing" and "ed" were put on: "stop" of "stopp", "hike" of "hik"; "pass" and "box" stay."""
    if len(stump) > _SHORT and stump[-1] == stump[-2] and stump[-1] not in "lsz":
        return stump[:-1]
    is_cut = len(stump) == _SHORT and [sign in _VOWELS for sign in stump] == [False, True, False]
    return f"{stump}e" if is_cut and stump[-1] not in "wxy" else stump
