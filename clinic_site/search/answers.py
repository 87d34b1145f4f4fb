"""An answer on top: the first sentences of the one place that clearly fits what was asked. Pure.

A question, a term, a condition or a fact about the clinic answers; a part of another page never does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clinic_site.search.highlighting import first_sentences
from clinic_site.search.ranking import OF_THE_CLINIC, asked_share
from clinic_site.search.retrieval import Looked, Standing

ANSWERING = ("question", "term", "condition")
MOST_WORDS = 60
LEAST_SHARE = 0.6  # of its title or name: "muscle" alone does not ask for chronic muscle pain
CLEARLY = 1.2  # times what the next place counts
_NUMBERS = re.compile(r"\b([98]-[18]-[18])\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands on top. `parts`: text, and the address to call where it is an emergency or nurse line's number."""

    url: str
    title: str
    place: str
    parts: Sequence[tuple[str, str]]


def answer_to(looked: Looked) -> Answer | None:
    """The answer, where the first place has all that was asked for and clearly more of it than the next one."""
    if not looked.fits or not looked.standing:
        return None
    first, *others = looked.standing
    if not _may_answer(first) or not (first.is_first or _fits_clearly(looked, first, others)):
        return None
    whole = (
        first.entry.revision.summary or first.hit.text if not first.hit.anchor else first.hit.text
    )
    text = first_sentences(whole, most=MOST_WORDS)
    return Answer(first.url, first.hit.title, first.place, _parts(text))


def _may_answer(one: Standing) -> bool:
    if one.hit.anchor:
        return one.hit.layout in OF_THE_CLINIC and not one.hit.is_warning
    return one.is_first or one.hit.layout in ANSWERING


def _fits_clearly(looked: Looked, first: Standing, others: Sequence[Standing]) -> bool:
    strong = [n for n, one in enumerate(looked.concepts) if not one.is_weak]
    if not looked.matches.has_all(first.hit.passage, strong):
        return False
    if asked_share(first.hit, looked.concepts) < LEAST_SHARE:
        return False
    elsewhere = [one.counts for one in others if one.hit.path != first.hit.path]
    return first.counts >= CLEARLY * max(elsewhere, default=0.0)


def _parts(text: str) -> list[tuple[str, str]]:
    return [
        (piece, f"tel:{piece.replace('-', '')}" if number % 2 else "")
        for number, piece in enumerate(_NUMBERS.split(text))
        if piece
    ]
