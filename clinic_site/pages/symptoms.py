"""The table "is this normal?": what a patient may feel, and what each level of it asks for. Pure.

A row is a `###` heading over a definition list whose labels are the columns; each `: ` is one sign.
A row that says "Never" under the first column is one that needling alone does not explain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from clinic_site.markup import CallOut, Document, Item, Problem, Section

OFTEN, HELP_YOURSELF, CALL_US, DOCTOR_TODAY, EMERGENCY, CALL_911 = range(6)
COLUMNS = {
    "Often happens": OFTEN,
    "Help yourself": HELP_YOURSELF,
    "Call us": CALL_US,
    "Doctor today": DOCTOR_TODAY,
    "Emergency now": EMERGENCY,
    "Call 9-1-1": CALL_911,
}
CARDS = {"TIP": HELP_YOURSELF, "SOON": CALL_US, "TODAY": DOCTOR_TODAY}
CARDS |= {"EMERGENCY": EMERGENCY, "CALL": CALL_911}
_NAMES = ", ".join(f"“{name}”" for name in COLUMNS)
_NEVER = "never"


@dataclass(frozen=True)
class Answer:
    """One column of a row: from level 2 on, each sign is one that somebody can tick."""

    label: str
    level: int
    signs: Sequence[SafeString]


@dataclass(frozen=True)
class Row:
    """One thing that a patient may feel. `is_never`: needling alone does not explain it."""

    item: Item

    @property
    def is_never(self) -> bool:
        first = next((point for point in self.item.points if point.label == "Often happens"), None)
        return first is not None and first.text.casefold().startswith(_NEVER)

    @property
    def least(self) -> int:
        """The level that the row asks for before any of its signs is ticked."""
        levels = [answer.level for answer in self.answers if answer.level >= CALL_US]
        return min(levels, default=HELP_YOURSELF) if self.is_never else HELP_YOURSELF

    @property
    def answers(self) -> Sequence[Answer]:
        """The columns that the row has; a label that is no column counts as no level."""
        return [
            Answer(point.label, COLUMNS.get(point.label, OFTEN), point.bodies)
            for point in self.item.points
        ]


@dataclass(frozen=True)
class Part:
    """A section of the page: rows, the cards that say whom to call, or neither."""

    section: Section

    @property
    def rows(self) -> Sequence[Row]:
        return [Row(item) for item in self.section.items if item.points]

    @property
    def is_never(self) -> bool:
        """Whether each of its rows is one that needling alone does not explain."""
        return all(row.is_never for row in self.rows)

    @property
    def cards(self) -> Sequence[tuple[int, CallOut]]:
        """What to do, as the page says it: a level and its card."""
        return [(CARDS[one.kind], one) for one in self.section.call_outs if one.kind in CARDS]


def parts(document: Document) -> Sequence[Part]:
    """Every section of the page, in order."""
    return [Part(section) for section in document.sections]


def table_problems(document: Document) -> Iterator[Problem]:
    """Everything that is wrong with the rows of this table, by line: a patient is never shown half a row."""
    rows = [row for part in parts(document) for row in part.rows]
    if not rows:
        message = (
            f"The table has no rows: write “### ” and what is felt, then its columns: {_NAMES}"
        )
        yield Problem(1, message)
    for row in rows:
        yield from _row_problems(row)
    yield from _order_problems(rows)
    yield from _card_problems(document, rows)
    for link in document.links:
        if link.href.startswith("/book"):
            message = "A visit is not offered beside a warning: take the link to the form out"
            yield Problem(link.line, message)


def _row_problems(row: Row) -> Iterator[Problem]:
    title, line = row.item.title, row.item.line
    labels = [point.label for point in row.item.points]
    for point in row.item.points:
        if point.label not in COLUMNS:
            message = f"“{point.label}” is no column of this table: write one of {_NAMES}"
            yield Problem(point.line, message)
        elif labels.count(point.label) > 1:
            message = f"“{point.label}” stands twice in “{title}”: put its signs together, each after “: ”"
            yield Problem(point.line, message)
    levels = [COLUMNS[label] for label in labels if label in COLUMNS]
    if levels != sorted(levels):
        yield Problem(line, f"The columns of “{title}” stand in another order: write {_NAMES}")
    if OFTEN not in levels:
        message = f"“{title}” lacks “Often happens”: say how long it lasts, or write “Never”"
        yield Problem(line, message)
    least = DOCTOR_TODAY if row.is_never else CALL_US
    if max(levels, default=OFTEN) < least:
        message = f"“{title}” does not say when to get help: add “{list(COLUMNS)[least]}” or more"
        yield Problem(line, message)


def _order_problems(rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows that never are harmless stand before all others."""
    often_seen = False
    for row in rows:
        if row.is_never and often_seen:
            message = f"“{row.item.title}” never happens from needling alone: move it before all rows that do"
            yield Problem(row.item.line, message)
        often_seen = often_seen or not row.is_never


def _card_problems(document: Document, rows: Sequence[Row]) -> Iterator[Problem]:
    """Levels that rows use and no card explains."""
    told = {level for part in parts(document) for level, _ in part.cards}
    used = {answer.level for row in rows for answer in row.answers} - {OFTEN}
    for kind, level in CARDS.items():
        if level in used - told:
            name = list(COLUMNS)[level]
            message = f"No card says what “{name}” asks for: add one that begins with “> [!{kind}]”"
            yield Problem(1, message)
