"""The motif: muscle fibres drawn tight around a trigger point.

One curve, pinched at x = 0, swelling on both sides as a muscle's belly does, and long enough for any
screen, is placed again and again by transforms: each fibre sits at its own height, leans a little, and
is drawn towards the point the more the nearer it lies. The same numbers make the SVG of the pages and
the pictures that others show when a page is shared.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

CURVE = (
    "M-2600 .5H-900C-640 .5-430-.34-230-.34-110-.34-62 1 0 1"
    "S98-.3 200-.3C430-.3 640 .45 900 .45H2600"
)
_POINTS = (  # its curved part as Bezier segments: start, then (control, control, end)
    (-900.0, 0.5),
    ((-640.0, 0.5), (-430.0, -0.34), (-230.0, -0.34)),
    ((-110.0, -0.34), (-62.0, 1.0), (0.0, 1.0)),
    ((62.0, 1.0), (98.0, -0.3), (200.0, -0.3)),
    ((430.0, -0.3), (640.0, 0.45), (900.0, 0.45)),
)
PULL = 0.8  # the share of its distance by which the nearest fibre is drawn in

Point = tuple[float, float]


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


def fibres(*, count: int, gap: float, middle: float) -> Sequence[Fibre]:
    """`count` fibres `gap` apart around the height `middle`, none of them through the point."""
    reach = gap * count * 0.3
    placed = []
    for place in range(count):
        away = (place - (count - 1) / 2) * gap
        drawn = -away * PULL * math.exp(-((away / reach) ** 2) / 2)
        placed.append(
            Fibre(
                y=round(middle + away, 1),
                lean=round(-away * 0.012 + 0.25 * math.sin(place * 1.9), 2),
                width=round(0.72 + 0.5 * abs(away) / (gap * count / 2), 2),
                pull=round(drawn, 1),
            )
        )
    return placed


def bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    """Where the cubic curve from a to d, with the handles b and c, is at t (0 to 1)."""
    u, v = (
        (1 - t) ** 3 * a[axis]
        + 3 * (1 - t) ** 2 * t * b[axis]
        + 3 * (1 - t) * t**2 * c[axis]
        + t**3 * d[axis]
        for axis in (0, 1)
    )
    return u, v


def points(fibre: Fibre, x: float, *, steps: int = 24) -> list[Point]:
    """The placed curve as a line of (x, y), for drawing where there are no curves."""
    cos, sin = math.cos(math.radians(fibre.lean)), math.sin(math.radians(fibre.lean))
    line = []
    start = _POINTS[0]
    for first, second, end in _POINTS[1:]:
        for step in range(steps + 1):
            u, v = bezier(start, first, second, end, step / steps)
            u, v = u * fibre.width, v * fibre.pull
            line.append((x + u * cos - v * sin, fibre.y + u * sin + v * cos))
        start = end
    return line
