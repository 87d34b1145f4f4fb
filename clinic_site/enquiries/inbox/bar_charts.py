"""Figures as pictures: where each bar of a chart stands, in the SVG's own units. Pure geometry, no words of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH = 360
COLUMN_HEIGHT, HEAD, FOOT = 120, 16, 18
LINE, LINE_BAR, LABEL_WIDTH, NUMBER_WIDTH = 30, 18, 132, 34
LABELS_AT_MOST = 7
SIGN_WIDTH = 6.6  # of a letter or digit under a column, a little more than it has


@dataclass(frozen=True)
class Bar:
    """One bar; `text_x` and `text_y` are where its number stands. `label` is "" where there is no room for one."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    text_x: float
    text_y: float

    @property
    def label_x(self) -> float:
        """The middle of a column's label: that of the column, as far as there is room to both sides."""
        half = len(self.label) * SIGN_WIDTH / 2
        return min(max(self.text_x, half), WIDTH - half)


@dataclass(frozen=True)
class Chart:
    """A chart with its numbers; `is_lying`: bars lie, with their labels to the left."""

    key: str
    title: str
    head: str
    numbers: Mapping[str, int]
    bars: list[Bar]
    height: float
    is_lying: bool
    note: str = ""

    width = WIDTH

    @property
    def base_y(self) -> float:
        """Where columns stand."""
        return self.height - FOOT


def columns(key: str, title: str, head: str, numbers: Mapping[str, int]) -> Chart:
    """Standing bars side by side, with a label under every few of them."""
    most, step = max(numbers.values(), default=0) or 1, WIDTH / max(len(numbers), 1)
    every = -(-len(numbers) // LABELS_AT_MOST)
    bars = []
    for place, (label, count) in enumerate(numbers.items()):
        height = COLUMN_HEIGHT * count / most
        x, y = place * step, HEAD + COLUMN_HEIGHT - height
        shown = label if place % every == 0 else ""
        bars.append(
            _bar(shown, count, x + step * 0.12, y, step * 0.76, height, x + step / 2, y - 4)
        )
    return Chart(key, title, head, numbers, bars, HEAD + COLUMN_HEIGHT + FOOT, False)


def lines(key: str, title: str, head: str, numbers: Mapping[str, int], note: str = "") -> Chart:
    """Lying bars, one under the other, each behind its label."""
    most = max(numbers.values(), default=0) or 1
    room = WIDTH - LABEL_WIDTH - NUMBER_WIDTH
    bars = []
    for place, (label, count) in enumerate(numbers.items()):
        y, width = place * LINE + (LINE - LINE_BAR) / 2, room * count / most
        bars.append(
            _bar(label, count, LABEL_WIDTH, y, width, LINE_BAR, LABEL_WIDTH + width + 6, y + 13.5)
        )
    return Chart(key, title, head, numbers, bars, LINE * len(numbers), True, note)


def _bar(label: str, count: int, *places: float) -> Bar:
    return Bar(label, count, *(round(place, 1) for place in places))
