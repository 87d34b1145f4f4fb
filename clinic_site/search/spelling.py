"""Mistyped words: the nearest words that stand on the site."""

from collections.abc import Sequence
from difflib import get_close_matches

from django.db.models import Count

from clinic_site.search.engines import engine
from clinic_site.search.models import Word
from clinic_site.search.words import pieces_of

SHORTEST = 4  # signs; of shorter words too many are near
LONG = 6  # signs; shorter words have to begin the same
LIKENESS = 0.72  # of difflib, from 0 to 1: one or two slips in a word
CANDIDATES = 40


def put_right(words: Sequence[str]) -> tuple[str, ...]:
    """The words, the nearest known word instead of each that stands nowhere; one query, and one for each of those."""
    known = engine().known(words) if words else set()
    return tuple(word if word in known else nearest(word) for word in words)


def nearest(word: str) -> str:
    """The known word that is most like this one; the word itself where none is near."""
    if len(word) < SHORTEST or not word.isalpha():
        return word
    alike = (
        Word.objects.filter(pieces__signs__in=pieces_of(word))
        .annotate(shared=Count("pk"))
        .order_by("-shared", "word")
        .values_list("word", flat=True)[:CANDIDATES]
    )
    possible = [one for one in alike if len(word) >= LONG or one[0] == word[0]]
    return next(iter(get_close_matches(word, possible, n=1, cutoff=LIKENESS)), word)
