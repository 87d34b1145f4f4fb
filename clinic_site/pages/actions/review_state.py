"""Sign-off: which words of which page a reviewer has read, and when they are due to be read again.

A page with health information is read as one with the entries that stand on it and nowhere else. A sign-off is bound
to the hash of exactly these words: another word, and it is over.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.utils import timezone

from clinic_site.markup import card_names
from clinic_site.markup.prose.sentences import words
from clinic_site.pages.actions.sign_off import (
    has_own_page,
    items_of,
    stands_for,
    with_answers,
    words_hash,
)
from clinic_site.pages.layouts import CONFIRMED_FIRST, LAYOUTS, PARTS
from clinic_site.pages.models import ItemAnswer, Page, Revision, SignOff

NOTICE = timedelta(days=30)  # a review is due this long before its day
SIGNED, DUE, OVERDUE, CHANGED, NEVER = "signed", "due", "overdue", "changed", "never"
CARD, STRUCK = "card", "struck"
A_MINUTE = 200  # words that somebody reads who has to stand for them
LABELS = {
    OVERDUE: "Review overdue",
    CHANGED: "Changed since it was signed",
    NEVER: "Never signed",
    STRUCK: "Signed with something struck, so patients do not find it",
    CARD: "Signed, but a warning card on it is not",
    DUE: "Review due soon",
    SIGNED: "Signed",
}


@dataclass(frozen=True)
class Standing:
    """A page and how its sign-off stands. `last` is the latest sign-off, in force or not.

    `minutes`: how long it takes to read with what stands on it. `items`: how many there are to confirm.
    """

    page: Page
    title: str
    state: str
    last: SignOff | None
    minutes: int
    items: int

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def needs_reading(self) -> bool:
        return self.state != SIGNED

    @property
    def is_card(self) -> bool:
        """Whether it is a warning card."""
        return self.page.layout in PARTS


def standings(on: date | None = None) -> list[Standing]:
    """Every live page that gives health information, what waits longest first; four queries."""
    day = on or timezone.localdate()
    signed: dict[int, list[SignOff]] = defaultdict(list)
    for record in with_answers(SignOff.objects.select_related("reviewer")):
        signed[record.page_id].append(record)
    together = list(_read_together())
    found = [_standing(revisions, signed[revisions[0].page_id], day) for revisions in together]
    unsigned = {
        one.page.slug for one in found if one.page.layout in PARTS and one.state in (CHANGED, NEVER)
    }
    found = [
        replace(one, state=CARD)
        if one.state in (DUE, SIGNED) and card_names(*(each.body for each in revisions)) & unsigned
        else one
        for one, revisions in zip(found, together, strict=True)
    ]
    order = list(LABELS)
    return sorted(found, key=lambda one: (order.index(one.state), one.page.path))


def to_confirm(on: date | None = None) -> list[Standing]:
    """Every page that patients find only once somebody has confirmed it, what waits longest first; four queries."""
    day = on or timezone.localdate()
    waiting = Revision.objects.to_sign().filter(page__layout__in=CONFIRMED_FIRST)
    signed: dict[int, list[SignOff]] = defaultdict(list)
    records = SignOff.objects.filter(page__layout__in=CONFIRMED_FIRST)
    for record in with_answers(records.select_related("reviewer")):
        signed[record.page_id].append(record)
    found = [_standing([one], signed[one.page_id], day) for one in waiting.order_by("page__path")]
    found = [replace(one, state=STRUCK) if _is_struck(one) else one for one in found]
    order = list(LABELS)
    return sorted(found, key=lambda one: (order.index(one.state), one.page.path))


def _is_struck(standing: Standing) -> bool:
    """Whether the sign-off in force holds something back."""
    if standing.last is None or standing.state not in (SIGNED, DUE, OVERDUE):
        return False
    return any(one.outcome == ItemAnswer.STRUCK for one in standing.last.answers.all())


def live_revisions(page: Page) -> tuple[Revision, ...]:
    """The words of a page that may be signed, with the entries on it, in the order of their hash; empty: none.

    An entry with a page of its own is signed there.
    """
    own = Revision.objects.to_sign().filter(page=page).first()
    if own is None:
        return ()
    children = LAYOUTS[page.layout].children
    if not children:
        return (own,)
    entries = Revision.objects.live().under(page.path).filter(page__layout=children)
    return (own, *(one for one in entries if not has_own_page(one)))


def is_signed(page: Page) -> bool:
    """Whether somebody stands for the live words of a page, or of the index that it is read on; six queries at most."""
    live = live_revisions(page)
    if live and not has_own_page(live[0]) and page.layout not in PARTS:
        index = Page.objects.filter(path=page.parent_path).first()
        live = live_revisions(index) if index else ()
    if not live:
        return False
    current_hash = words_hash(*live)
    records = SignOff.objects.filter(page=live[0].page, words_hash=current_hash)
    return any(stands_for(one, live, current_hash) for one in with_answers(records))


def differences_since(
    record: SignOff | None, now: Sequence[Revision]
) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """(address, words as signed, words now) of each page that differs; all of it where never signed."""
    old = (
        {revision.page_id: revision for revision in record.revisions.select_related("page")}
        if record
        else {}
    )
    new = {revision.page_id: revision for revision in now}
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key), new.get(key)
        one, other = before.words() if before else {}, after.words() if after else {}
        if one != other:
            yield str((after or before).page), one, other  # type: ignore[union-attr]  # one of them is there


def _read_together() -> Iterator[list[Revision]]:
    live = list(Revision.objects.live().order_by("page__position", "page__path"))
    below: dict[str, list[Revision]] = defaultdict(list)
    for revision in live:
        below[revision.page.parent_path].append(revision)
    for revision in live:
        page = revision.page
        if not (revision.health and (page.layout in PARTS or has_own_page(revision))):
            continue
        children = LAYOUTS[page.layout].children
        entries = (one for one in below[page.path] if children and one.page.layout == children)
        yield [revision, *(one for one in entries if not has_own_page(one))]


def _standing(revisions: list[Revision], records: list[SignOff], day: date) -> Standing:
    current_hash = words_hash(*revisions)
    in_force = next((one for one in records if stands_for(one, revisions, current_hash)), None)
    if in_force:
        due = in_force.review_due_on
        state = OVERDUE if due < day else DUE if due <= day + NOTICE else SIGNED
    else:
        state = CHANGED if records else NEVER
    last = in_force or (records[0] if records else None)
    return Standing(
        page=revisions[0].page,
        title=revisions[0].title,
        state=state,
        last=last,
        minutes=_minutes(revisions),
        items=len(items_of(revisions)),
    )


def _minutes(revisions: Sequence[Revision]) -> int:
    """Whole minutes, one at least."""
    texts = (text for one in revisions for text in (one.title, one.summary, one.body))
    return max(1, ceil(sum(len(words(text)) for text in texts) / A_MINUTE))
