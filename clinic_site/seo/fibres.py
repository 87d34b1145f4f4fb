"""The motif: muscle fibres drawn tight around a trigger point.

One curve, pinched at x = 0, is placed again and again by transforms: each fibre sits at its own
height, leans a little, and is drawn towards the point the more the nearer it lies. The same numbers
make the SVG of the pages and the pictures that others show when a page is shared.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

CURVE = "M-700 0C-480 0-330-.34-200-.34-96-.34-58 1 0 1S84-.3 178-.3 470 0 700 0"
_POINTS = (  # the same curve as Bezier segments: start, then (control, control, end)
    (-700.0, 0.0),
    ((-480.0, 0.0), (-330.0, -0.34), (-200.0, -0.34)),
    ((-96.0, -0.34), (-58.0, 1.0), (0.0, 1.0)),
    ((58.0, 1.0), (84.0, -0.3), (178.0, -0.3)),
    ((272.0, -0.3), (470.0, 0.0), (700.0, 0.0)),
)


@dataclass(frozen=True)
class Fibre:
    """One placed curve: its height, its lean in degrees, how wide and how far it is drawn in."""

    y: float
    lean: float
    width: float
    pull: float

    def transform(self, x: float) -> str:
        """The SVG transform that puts the curve there."""
        return (
            f"translate({x:g} {self.y:g})rotate({self.lean:g})scale({self.width:g} {self.pull:g})"
        )


def fibres(*, count: int, gap: float, middle: float, pull: float = 0.72) -> Sequence[Fibre]:
    """`count` fibres `gap` apart around the height `middle`, none of them through the point.

    `pull` is the share of its distance by which the nearest fibre is drawn in (0 to 1).
    """
    reach = gap * count * 0.21
    placed = []
    for place in range(count):
        away = (place - (count - 1) / 2) * gap
        drawn = -away * pull * math.exp(-((away / reach) ** 2) / 2)
        placed.append(
            Fibre(
                y=round(middle + away, 1),
                lean=round(-away * 0.028 + 0.5 * math.sin(place * 1.9), 2),
                width=round(0.62 + 0.5 * abs(away) / (gap * count / 2), 2),
                pull=round(drawn, 1),
            )
        )
    return placed


def points(fibre: Fibre, x: float, *, steps: int = 24) -> list[tuple[float, float]]:
    """The placed curve as a line of (x, y), for drawing where there are no curves."""
    cos, sin = math.cos(math.radians(fibre.lean)), math.sin(math.radians(fibre.lean))
    line = []
    start = _POINTS[0]
    for first, second, end in _POINTS[1:]:
        for step in range(steps + 1):
            t = step / steps
            u, v = (
                (1 - t) ** 3 * start[axis]
                + 3 * (1 - t) ** 2 * t * first[axis]
                + 3 * (1 - t) * t**2 * second[axis]
                + t**3 * end[axis]
                for axis in (0, 1)
            )
            u, v = u * fibre.width, v * fibre.pull
            line.append((x + u * cos - v * sin, fibre.y + u * sin + v * cos))
        start = end
    return line
