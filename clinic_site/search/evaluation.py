"""How good the search is: at which place each question of a list finds its answer. Needs the index."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

from clinic_site.progress.pace import paced
from clinic_site.search.query import find

FIRST = 3


class JudgementsError(ValueError):
    """What is wrong with a file of questions, and what to write."""


@dataclass(frozen=True)
class Judged:
    """A question and the place (from 1) of its first right answer among the results; 0 where it is not there."""

    typed: str
    place: int
    first: Sequence[str]

    @property
    def gain(self) -> float:
        """Its nDCG, with one right answer: 1 for the first place, less further down."""
        return 1 / log2(self.place + 1) if self.place else 0.0


@dataclass(frozen=True)
class Verdict:
    """All questions; both figures from 0 to 1."""

    judged: Sequence[Judged]

    @property
    def share(self) -> float:
        """How many have their answer among the first three."""
        return self.found / len(self.judged)

    @property
    def found(self) -> int:
        """The number of them."""
        return sum(1 for one in self.judged if 0 < one.place <= FIRST)

    @property
    def ndcg(self) -> float:
        return sum(one.gain for one in self.judged) / len(self.judged)


def judge(path: Path) -> Verdict:
    """Ask each question of a JSON file: {"questions": [{"typed": "...", "first_three": ["/faq/#cost"]}]}."""
    return Verdict([_judged(typed, right) for typed, right in paced(_questions(path))])


def _questions(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        questions = [(str(one["typed"]), list(one["first_three"])) for one in said["questions"]]
    except OSError as error:
        raise JudgementsError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise JudgementsError(
            f"{path}: write “questions” as a list, each with “typed” and “first_three”"
        ) from error
    if not questions:
        raise JudgementsError(f"{path} has no questions; write at least one")
    yield from questions


def _judged(typed: str, right: Sequence[str]) -> Judged:
    urls = [result.url for result in find(typed).results]
    places = [place for place, url in enumerate(urls, start=1) if _answers(url, right)]
    return Judged(typed, min(places, default=0), urls[:FIRST])


def _answers(url: str, right: Sequence[str]) -> bool:
    """A section answers for its page; the page does not answer for one of its sections."""
    return url in right or url.partition("#")[0] in right
