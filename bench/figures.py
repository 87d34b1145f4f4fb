"""What a measurement says: figures against what the site promises, a table, notes; as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass, field


class Missing(Exception):
    """Something that a measurement needs is not here; the message names it and how to install it."""


@dataclass(frozen=True)
class Figure:
    """One promise: what was measured, what is wanted, against what, and whether it is met (None: told only)."""

    what: str
    measured: str
    wanted: str = ""
    beside: str = ""
    is_met: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "met", False: "**not met**", None: ""}[self.is_met]


@dataclass
class Part:
    """One measurement: figures, the table that they come from, the commands that made it."""

    title: str
    figures: list[Figure] = field(default_factory=list)
    heads: Sequence[str] = ()
    rows: list[Sequence[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def at_most(self, what: str, value: float, limit: float, unit: str, *, beside: str) -> None:
        """A promise that is met at the limit or below. `beside`: what the value is compared with, or how it counts."""
        self._promise(what, value, f"≤ {short(limit)}", unit, beside, is_met=value <= limit)

    def at_least(self, what: str, value: float, limit: float, unit: str, *, beside: str) -> None:
        """A promise that is met at the limit or above."""
        self._promise(what, value, f"≥ {short(limit)}", unit, beside, is_met=value >= limit)

    def _promise(
        self, what: str, value: float, wanted: str, unit: str, beside: str, *, is_met: bool
    ) -> None:
        measured = f"{short(value)}{unit}"
        self.figures.append(Figure(what, measured, f"{wanted}{unit}", beside, is_met))


def short(value: float) -> str:
    """A number as people write it: 1,234, 56.7, 0.58, 0.0004."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if 0 < abs(value) < 0.01:
        return f"{value:.4f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table; numbers stand in the columns after the first."""
    return [
        f"| {' | '.join(heads)} |",
        f"|{'|'.join(' --- ' for _ in heads)}|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def figure_table(figures: Sequence[Figure]) -> list[str]:
    """The promises with met / not met."""
    rows = [(one.what, one.measured, one.wanted, one.beside, one.verdict) for one in figures]
    return table(("what", "measured", "wanted", "compared with", ""), rows)


def section(part: Part) -> list[str]:
    """A part as Markdown lines."""
    lines = [f"## {part.title}", ""]
    if part.figures:
        lines += [*figure_table(part.figures), ""]
    if part.rows:
        lines += [*table(part.heads, part.rows), ""]
    for note in part.notes:
        lines += [note, ""]
    if part.commands:
        lines += ["```sh", *part.commands, "```", ""]
    return lines
