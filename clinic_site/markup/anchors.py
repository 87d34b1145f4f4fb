"""Anchors: the part of an address after `#`, made from the words of a heading or a label."""

import re

from clinic_site.typed_text import normalised

FIXED_ANCHOR = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
NAMELESS = "section"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_VANISHING = re.compile("['\u2018\u2019\u02bc\u00ad\u0300-\u036f]+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_FOOTNOTE = re.compile(r"fn(?:ref)?-[0-9-]+")


def slugify(words: str) -> str:
    """The words in ASCII, lower case, joined by hyphens; "" when nothing is left of them.

    Apostrophes vanish ("Golfer’s elbow" is golfers-elbow), and so do accents ("é" is e).
    """
    lowered = words.lower()
    if not lowered.isascii():
        lowered = normalised("NFKD", lowered.translate(_LETTERS))
    return _NOT_SLUG.sub("-", _VANISHING.sub("", lowered)).strip("-")


class Anchors:
    """Hands out each anchor of one document once; a second wish for it gets -2, a third -3."""

    def __init__(self, prefix: str) -> None:
        self.prefix = slugify(prefix)
        self.given: set[str] = set()
        self._last: dict[str, int] = {}

    def full(self, name: str) -> str:
        """The id of a name within this document: with the prefix, if it has one."""
        return f"{self.prefix}-{name}" if self.prefix else name

    def claim(self, words: str) -> str:
        """A free anchor for these words, prefix included."""
        slug = slugify(words) or NAMELESS
        if _FOOTNOTE.fullmatch(slug):
            slug = f"{NAMELESS}-{slug}"
        number = self._last.get(slug, 1)
        anchor = self.full(slug if number == 1 else f"{slug}-{number}")
        while anchor in self.given:
            number += 1
            anchor = self.full(f"{slug}-{number}")
        self._last[slug] = number
        self.given.add(anchor)
        return anchor

    def is_free(self, name: str) -> bool:
        """Whether nobody has this name (written without the prefix) yet."""
        return self.full(name) not in self.given
