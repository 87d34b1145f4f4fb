"""Which words of a search may be kept: those that the site's titles, names or synonyms have, and no others.

No digit, no word of a practitioner's name, nothing of a line that may come from somebody who needs help now.
"""

from collections.abc import Sequence

from clinic_site.clinic.models import Practitioner
from clinic_site.search.models import Word
from clinic_site.search.normalizing import SMALL, words_in
from clinic_site.search.query import Found

MOST_WORDS = 4  # a longer line says more of the one who typed it than of what is missing
SHORTEST = 3  # letters


def missed_words(found: Found) -> str:
    """What to count of a search; "" where it found all that was asked for, or nothing of it may be kept."""
    if found.levels or found.is_every:
        return ""
    return kept_words(words_in(found.offered) or found.typed.words)


def kept_words(typed: Sequence[str]) -> str:
    """Those of the words that may be kept, in the order of the alphabet; two queries, none for digits alone."""
    told = {word for word in typed if len(word) >= SHORTEST and word.isalpha()} - SMALL
    if not told:
        return ""
    known = set(Word.objects.filter(word__in=told).values_list("word", flat=True))
    people = Practitioner.objects.values_list("name", flat=True)
    names = {word for name in people for word in words_in(name)}
    return " ".join(sorted(known - names)[:MOST_WORDS])
