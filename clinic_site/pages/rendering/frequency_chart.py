"""The frequency chart: how often visits come in each phase, as dots on a strip of weeks.

Pure geometry from `weeks_between`; the words beside each strip are its text twin.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WEEKS = 12
WEEK_WIDTH = 24  # in the SVG's own units
MARGIN = 10
OFTEN_Y, SELDOM_Y = 14, 38


@dataclass(frozen=True)
class PhaseChart:
    """One phase: x of each dot when visits are as often, and as seldom, as the words say.

    Where the words set no end, only the first visit of `seldom` has a place.
    """

    section: str
    label: str
    often: Sequence[float]
    seldom: Sequence[float]
    is_open_ended: bool

    width = 2 * MARGIN + WEEKS * WEEK_WIDTH
    often_y, seldom_y = OFTEN_Y, SELDOM_Y
    ticks = tuple(MARGIN + week * WEEK_WIDTH for week in range(WEEKS + 1))


def phase_charts(phases: Iterable[Mapping[str, Any]]) -> Sequence[PhaseChart]:
    """A chart for each phase of a `phases` page, in order."""
    return [_chart(phase) for phase in phases]


def _chart(phase: Mapping[str, Any]) -> PhaseChart:
    shortest, longest = phase["weeks_between"]
    return PhaseChart(
        section=phase["section"],
        label=phase["label"],
        often=_dots(shortest),
        seldom=_dots(longest) if longest else [MARGIN],
        is_open_ended=longest is None,
    )


def _dots(weeks_between: float) -> Sequence[float]:
    """Where visits fall on a strip of 12 weeks that starts with one; at most 4 a week are drawn."""
    step = max(weeks_between, 0.25)
    count = int(WEEKS / step) + 1
    return [round(MARGIN + visit * step * WEEK_WIDTH, 1) for visit in range(count)]
