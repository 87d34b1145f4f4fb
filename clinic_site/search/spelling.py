"""Mistyped words: the nearest words that pages, names and terms of the site are called by. One query.

The first letter is kept. A short word may have one slip (a letter missing, added, wrong, or changed with the next), a
long one two. Plain English is never replaced, nor what stands anywhere on the site.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from django.db.models import Q

from clinic_site.search.engines import engine
from clinic_site.search.english import is_english
from clinic_site.search.models import LONGEST_NAME, Word
from clinic_site.search.normalizing import SMALL, words_in
from clinic_site.search.synonyms import current_synonyms

SHORTEST = 4  # letters; of shorter words too many are near
LONG = 7  # letters from which two slips are forgiven
NEAREST_KNOWN = 5_000  # words that are compared


def vocabulary_of(called: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each word of titles and names, and of what means the same, as it is written; two in a row also as one word.

    >>> vocabulary_of([("Tennis elbow", "")])["tenniselbow"]
    'tennis elbow'
    """
    found: dict[str, str] = {}
    known = (" ".join(phrase) for group in current_synonyms().same.values() for phrase in group)
    texts = (text for pair in called for text in (pair[0], *pair[1].split("; ")))
    for text in (*texts, *known):
        words = words_in(text)
        for word in words:
            if len(word) >= SHORTEST and word.isalpha() and word not in SMALL:
                found[word] = word
        for one, two in pairwise(words):
            joined = one + two
            if one.isalpha() and two.isalpha() and len(joined) <= LONGEST_NAME and two not in SMALL:
                found.setdefault(joined, f"{one} {two}")
    return found


def put_right(words: Sequence[str]) -> tuple[str, ...]:
    """The words, with what was meant in the place of each that stands nowhere; two queries at most."""
    known = engine().known(words) if words else set()
    unknown = {word for word in words if word not in known and _may_be_slip(word)}
    if not unknown:
        return tuple(words)
    meant = _meant(unknown)
    return tuple(part for word in words for part in meant.get(word, word).split())


def _may_be_slip(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and not is_english(word)


def _meant(unknown: Iterable[str]) -> Mapping[str, str]:
    near = Q()
    for first in sorted({word[0] for word in unknown}):
        near |= Q(word__gte=first, word__lt=chr(ord(first) + 1))
    known = dict(
        Word.objects.filter(near).order_by("word").values_list("word", "meant")[:NEAREST_KNOWN]
    )
    return {word: known[found] for word in unknown if (found := nearest(word, known))}


def nearest(typed: str, known: Iterable[str]) -> str:
    """The known word with the fewest slips, "" where all have too many; of equals the one of the same length."""
    most = 2 if len(typed) >= LONG else 1
    letters = set(typed)
    ranked = []
    for word in known:
        is_far = abs(len(word) - len(typed)) > most or len(letters ^ set(word)) > 2 * most
        if word[:1] != typed[:1] or is_far:
            continue
        slips = slips_between(typed, word, most=most)
        if slips <= most:
            ranked.append((slips, abs(len(word) - len(typed)), word))
    return min(ranked)[2] if ranked else ""


def slips_between(typed: str, meant: str, *, most: int) -> int:
    """How many letters are missing, added, wrong or changed with the next one; above `most` it is not counted on.

    The distance of Damerau and Levenshtein in its restricted form (optimal string alignment).

    >>> slips_between("siatica", "sciatica", most=2), slips_between("shouldre", "shoulder", most=2)
    (1, 1)
    """
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for at, letter in enumerate(typed, start=1):
        now = [at]
        for to, other in enumerate(meant, start=1):
            cost = min(last[to] + 1, now[to - 1] + 1, last[to - 1] + (letter != other))
            is_turned = at > 1 and to > 1 and letter == meant[to - 2] and typed[at - 2] == other
            now.append(min(cost, before[to - 2] + 1) if is_turned else cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]
