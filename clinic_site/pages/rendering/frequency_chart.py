"""The time line of visits: how far apart they come in each phase, as dots on one line to one scale.

Pure geometry from `weeks_between`; the words beside each part are its text twin. A phase has no length: nobody can say
how long it will take, so its part shows each of its gaps and no more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WEEK = 16.0  # in the drawing's own units
MARGIN = 8.0
CLOSEST = 7.0  # two dots do not touch, however often people come
FURTHEST = 128.0  # nor does a long gap push the words off the screen
SHORT = 1.0  # weeks: gaps up to here are drawn twice, as two dots alone do not read as "often"
OPEN_END = 56.0


@dataclass(frozen=True)
class PhasePart:
    """A phase's part of the line: the height of each dot, and of the drawing."""

    section: str
    label: str
    dots: Sequence[float]
    is_open_ended: bool

    @property
    def last(self) -> float:
        """Where the last dot is."""
        return self.dots[-1]

    @property
    def height(self) -> float:
        """Of the drawing: to below the last dot, or to the tip of the arrow."""
        return self.last + (OPEN_END if self.is_open_ended else MARGIN)


def time_line(phases: Iterable[Mapping[str, Any]]) -> Sequence[PhasePart]:
    """The parts of the line for the phases of a `phases` page, in order."""
    return [_part(phase) for phase in phases]


def _part(phase: Mapping[str, Any]) -> PhasePart:
    shortest, longest = phase["weeks_between"]
    return PhasePart(
        section=phase["section"],
        label=phase["label"],
        dots=_dots(_gaps(shortest, longest)),
        is_open_ended=longest is None,
    )


def _gaps(shortest: float, longest: float | None) -> Sequence[float]:
    """The weeks from visit to visit, from as often as the words say to as seldom."""
    named = [shortest] if longest is None else [shortest, longest]
    return [gap for gap in named for _ in range(2 if gap <= SHORT else 1)]


def _dots(gaps: Sequence[float]) -> Sequence[float]:
    dots = [MARGIN]
    for gap in gaps:
        dots.append(round(dots[-1] + min(max(gap * WEEK, CLOSEST), FURTHEST), 1))
    return dots
