"""How hard a text is to read: the Flesch-Kincaid grade level.

    grade = 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59

The number is a year of school: 6.0 is what an 11-year-old reads with ease.
Source: Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability
Formulas ... for Navy Enlisted Personnel", Research Branch Report 8-75, 1975,
https://stars.library.ucf.edu/istlibrary/56

Text in, numbers out. The text is plain words (no Markdown, no HTML), in sentences as sentences.py finds them.
"""

import re
from functools import cache, lru_cache

import pyphen

from clinic_site.markup.prose.sentences import sentences, words

_VOWELS = re.compile(r"[aeiouyáéíóúäëïöü]+")
_SILENT_END = re.compile(
    r"""(  (?<=[^aeiouyl])e     | (?<=[aeiouy]l)e    # ache, whole; but not muscle
         | (?<=[^aeiouscxzghl])es | (?<=[aeiouy]l)es  # times, rules; but not places
         | (?<=[^aeioutd])ed                          # used; but not treated
        )$""",
    re.VERBOSE,
)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade level of a text, a year of school (0.0 when it has no words).

    Very short words in very short sentences can give a number below zero.
    """
    found = words(text)
    if not found:
        return 0.0
    per_sentence = len(found) / len(sentences(text))
    per_word = sum(map(syllables, found)) / len(found)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """How many syllables a word has, at least 1; a figure or an abbreviation counts as 1.

    pyphen says where a printer may break the word, which is never after a first or
    before a last lone letter ("about", "area"); so the sounded vowels of each part are
    counted, and a silent ending ("ache", "used", "times") is not.
    """
    if not any(letter.islower() for letter in word[1:]) or any(letter.isdigit() for letter in word):
        return 1
    parts = re.sub(r"[’']\w*", "", word.lower()).split("-")
    return sum(_sounds(part) for part in parts if part) or 1


@cache
def _hyphens() -> pyphen.Pyphen:
    """The dictionary; loaded when a word is first counted, for it takes a tenth of the site's start."""
    return pyphen.Pyphen(lang="en_US")


def _sounds(word: str) -> int:
    parts = _hyphens().inserted(word).split("-")
    parts[-1] = _SILENT_END.sub("", parts[-1]) or parts[-1]
    return sum(len(_VOWELS.findall(part)) or (index == 0) for index, part in enumerate(parts)) or 1
