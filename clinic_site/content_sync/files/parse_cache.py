"""What the checks need to know of a body, kept by its digest so that no text is parsed twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clinic_site.content_sync.files.read_files import digest_of
from clinic_site.content_sync.models import BodyFacts
from clinic_site.markup import parse


@dataclass(frozen=True)
class Facts:
    """Anchors without prefix; links, images, cards and problems with their line in the body (from 1)."""

    anchors: frozenset[str]
    links: Sequence[tuple[str, int]]
    images: Sequence[tuple[str, int]]
    problems: Sequence[tuple[int, str]]
    cards: Sequence[tuple[str, int]] = ()


NOTHING = Facts(frozenset(), (), (), ())


class FactBook:
    """Gives the facts of any body. `save` keeps what was asked for, and drops the rest."""

    def __init__(self) -> None:
        self._kept = dict(BodyFacts.objects.values_list("digest", "facts"))
        self._asked: dict[str, Facts] = {}

    def of(self, body: str) -> Facts:
        if not body:
            return NOTHING
        digest = digest_of(body.encode())
        if digest not in self._asked:
            kept = self._kept.get(digest)
            self._asked[digest] = _from_json(kept) if kept else _facts_of(body)
        return self._asked[digest]

    def save(self) -> None:
        """Keep the facts of every body asked for; the queries do not grow with what is kept."""
        fresh = [
            BodyFacts(digest=digest, facts=_to_json(facts))
            for digest, facts in self._asked.items()
            if digest not in self._kept
        ]
        if fresh:
            BodyFacts.objects.bulk_create(fresh, ignore_conflicts=True)
        for stale in batched(sorted(self._kept.keys() - self._asked.keys()), 500):
            BodyFacts.objects.filter(digest__in=stale).delete()


def batched(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The values in runs of at most `size`: databases bound the parameters of a query."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _facts_of(body: str) -> Facts:
    document = parse(body)
    return Facts(
        document.anchors,
        [(link.href, link.line) for link in document.links],
        [(image.src, image.line) for image in document.images],
        [(problem.line, problem.message) for problem in document.problems],
        [(card.name, card.line) for card in document.cards if card.name],
    )


def _to_json(facts: Facts) -> dict[str, Any]:
    return {**vars(facts), "anchors": sorted(facts.anchors)}


def _from_json(kept: dict[str, Any]) -> Facts:
    return Facts(**{**kept, "anchors": frozenset(kept["anchors"])})
