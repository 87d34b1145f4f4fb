"""The pages as the site's tree: home, then the branches as patients see them, each with how it stands.

Ten queries, however many pages there are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from clinic_site.pages.actions.review_state import (
    CHANGED,
    DUE,
    NEVER,
    OVERDUE,
    STRUCK,
    standings,
    to_confirm,
)
from clinic_site.pages.layouts import ABOUT_PEOPLE, CONFIRMED_FIRST, PARTS
from clinic_site.pages.models import HOME, Page, PageCheck, Revision

STATES = {
    "draft": "With a draft",
    "scheduled": "Scheduled",
    "faults": "With faults",
    "review": "Review due",
    "unsigned": "Not signed",
    "unpublished": "Never published",
    "withdrawn": "Withdrawn",
}
_REVIEW = {
    OVERDUE: ("review", "review overdue", True),
    DUE: ("review", "review due soon", False),
    CHANGED: ("review", "changed since it was signed", False),
    NEVER: ("unsigned", "not signed", False),
    STRUCK: ("unsigned", "something struck", False),
}


@dataclass(frozen=True)
class Mark:
    """One thing about how a page stands; `key` is one of STATES, or "live"."""

    key: str
    words: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Row:
    """A page in the tree, with the pages below it in their order."""

    pk: int
    path: str
    title: str
    marks: Sequence[Mark]
    changed: str
    below: list["Row"] = field(default_factory=list)

    def is_marked(self, key: str) -> bool:
        return any(mark.key == key for mark in self.marks)

    def has_words(self, words: str) -> bool:
        """Whether its title or its address has each of these words, in any case."""
        text = f"{self.title} /{self.path}/".casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True)
class Tree:
    """The rows that stand at the top, and how many pages there are in each state."""

    pages: Sequence[Row]
    cards: Sequence[Row]
    counts: Sequence[tuple[str, str, int]]

    def only(self, is_wanted: Callable[[Row], bool]) -> "Tree":
        """The same tree with the pages wanted, and those above them."""
        return Tree(_pruned(self.pages, is_wanted), _pruned(self.cards, is_wanted), self.counts)


def page_tree() -> Tree:
    """Every page, home first, then as the menu has them; warning cards, which have no address, apart."""
    faults = {check.page_id: len(check.faults) for check in PageCheck.objects.exclude(faults=[])}
    reviews = {one.page.pk: one.state for one in (*standings(), *to_confirm())}
    rows: dict[str, Row] = {}
    parents: dict[str, str] = {}
    cards: list[Row] = []
    for page in _pages():
        row = _row(page, faults.get(page.pk, 0), reviews.get(page.pk, ""))
        if page.layout in PARTS:
            cards.append(row)
        else:
            rows[page.path], parents[page.path] = row, page.parent_path
    counted = Counter(mark.key for row in (*rows.values(), *cards) for mark in row.marks)
    counts = [(key, name, counted[key]) for key, name in STATES.items() if counted[key]]
    return Tree(_grown(rows, parents), cards, counts)


def _pages() -> Iterable[Any]:
    own = Revision.objects.filter(page=OuterRef("pk"))
    newest, past = own.order_by("-pk"), own.past()
    return Page.objects.annotate(
        newest_title=Subquery(newest.values("title")[:1]),
        newest_at=Subquery(newest.values("created_at")[:1]),
        newest_by=Subquery(newest.values("created_by__username")[:1]),
        newest_first_name=Subquery(newest.values("created_by__first_name")[:1]),
        is_gone=Subquery(past.values("is_withdrawn")[:1]),
        draft=Subquery(own.waiting().values("pk")[:1]),
        next_at=Subquery(own.scheduled().values("publish_at")[:1]),
    ).order_by("position", "path")


def _row(page: Any, faults: int, review: str) -> Row:
    changed = ""
    if page.newest_at:
        day = timezone.localtime(page.newest_at)
        who = page.newest_first_name or page.newest_by or "content files"
        changed = f"{day.day} {day:%b %Y}, {who}"
    return Row(
        pk=page.pk,
        path=page.path,
        title=page.newest_title or "(no words yet)",
        marks=_marks(page, faults, review),
        changed=changed,
    )


def _marks(page: Any, faults: int, review: str) -> list[Mark]:
    marks = [_standing(page, review)]
    if page.draft:
        marks.append(Mark("draft", "draft waits"))
    if page.next_at:
        at = timezone.localtime(page.next_at)
        marks.append(Mark("scheduled", f"goes live {at.day} {at:%b, %H:%M}"))
    if faults:
        marks.append(Mark("faults", "1 fault" if faults == 1 else f"{faults} faults", True))
    if review in _REVIEW:
        marks.append(Mark(*_REVIEW[review]))
    return marks


def _standing(page: Any, review: str) -> Mark:
    if page.is_gone is None:
        return Mark("unpublished", "never published")
    if page.is_gone:
        return Mark("withdrawn", "withdrawn")
    if page.layout in CONFIRMED_FIRST and review in (CHANGED, NEVER, STRUCK):
        return Mark("waiting", "not live before it is signed")
    is_waiting = page.layout in ABOUT_PEOPLE
    return Mark("live", "live while there are practitioners" if is_waiting else "live")


def _grown(rows: Mapping[str, Row], parents: Mapping[str, str]) -> list[Row]:
    """The rows below those that they belong to; what has no page above it stands at the top."""
    top: dict[bool, list[Row]] = defaultdict(list)
    for path, row in rows.items():
        if above := rows.get(parents[path]):
            above.below.append(row)
        else:
            top[path == HOME].append(row)
    return [*top[True], *top[False]]


def _pruned(rows: Iterable[Row], is_wanted: Callable[[Row], bool]) -> list[Row]:
    found = []
    for row in rows:
        below = _pruned(row.below, is_wanted)
        if below or is_wanted(row):
            found.append(Row(row.pk, row.path, row.title, row.marks, row.changed, below))
    return found
