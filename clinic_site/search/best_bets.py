"""Best bets: addresses that come first for words that no ranking would lead to them; `best` in synonyms.yaml."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from clinic_site.search.models import Passage
from clinic_site.search.normalizing import stem
from clinic_site.search.synonyms import current_synonyms

MOST = 2


def passages_bet_on(words: Sequence[str]) -> list[int]:
    """The passages at the addresses that are bet on for some of these words; one query, none where none is."""
    stems = tuple(map(stem, words))
    urls = list(dict.fromkeys(_bets(stems)))[:MOST]
    if not urls:
        return []
    wanted = Q()
    for url in urls:
        wanted |= _at(url)
    return list(
        Passage.objects.filter(wanted).order_by("page__path", "anchor").values_list("pk", flat=True)
    )


def _bets(stems: tuple[str, ...]) -> Iterator[str]:
    for phrase, url in current_synonyms().best.items():
        if any(stems[at : at + len(phrase)] == phrase for at in range(len(stems))):
            yield url


def _at(url: str) -> Q:
    """What stands at an address: a page, a section of it, or a page that stands on it under its anchor."""
    path, _, anchor = url.strip("/").partition("#")
    path = path.strip("/")
    if not anchor:
        return Q(page__path=path, anchor="")
    return Q(page__path=path, anchor=anchor) | Q(page__path=f"{path}/{anchor}", anchor="")
