"""A text as the tokens that rules for claims are tried on: words, numbers, a few signs, and marks. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from clinic_site.typed_text import normalised

MARKS = frozenset(".,;:!?()—…")
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*+|[^\W\d_]+(?:'[^\W\d_]+)*+|[%$#★+]|[.,;:!?()…]|—|(?<=\s)-+(?=\s)"
)
# What looks like another sign, or says the same: letters of other alphabets, stars, medals.
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′`´＇"), "'")
_DASHES = dict.fromkeys(map(ord, "–—―"), " — ")
_STARS = dict.fromkeys(map(ord, "⭐🌟☆✭✮✯"), "★")
_MEDALS = {ord("🥇"): " # 1 ", ord("💯"): " 100 % "}
_LOOKALIKES = str.maketrans("аеорсхуіјѕһԁкмтвοανρτυικ", "aeopcxyijshdkmtboavptuik")
_PLAIN = _APOSTROPHES | _DASHES | _STARS | _MEDALS | _LOOKALIKES


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as tokens, each with where it begins and ends in `text`, the folded text."""

    text: str
    words: Sequence[str]
    spans: Sequence[tuple[int, int]]

    def between(self, first: int, last: int) -> str:
        """The text from one token up to, and without, another."""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]]


def folded(text: str) -> str:
    """The text without what only looks different: case, widths, accents, invisible signs, quotes."""
    plain = normalised("NFKC", text.translate(_PLAIN)).casefold()
    bare = normalised("NFKD", plain.translate(_PLAIN))
    seen = "".join(sign for sign in bare if unicodedata.category(sign) not in ("Cf", "Mn"))
    return " ".join(seen.split())


def tokens_of(text: str) -> Tokens:
    """The tokens of a text, folded first. An ending 's is left out: "BC's best" is "bc best"."""
    plain = folded(text)
    words, spans = [], []
    for match in _TOKEN.finditer(plain):
        word = match[0].removesuffix("'s")
        words.append("—" if word.startswith("-") else word)
        spans.append(match.span())
    return Tokens(plain, words, spans)
