"""Two or three versions of a page, field by field: what differs, and what to take. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clinic_site.pages.diff.text_diff import Piece, both, readable, word_diff

DETAILS = "details."
LABELS = {
    "title": "Title",
    "menu_title": "Title in menus",
    "summary": "Summary",
    "description": "Description for search engines",
    "body": "Text",
    "health": "Health page",
    "layout": "Layout",
    "position": "Place among its siblings",
}
THEIRS, MINE, BOTH = "theirs", "mine", "both"
Words = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """A field that differs, with the pieces of both texts."""

    name: str
    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Choice:
    """A field that two people wrote differently, and what the editor may take.

    `suggested`: theirs where I left it as it was, mine where they did, both where the changes can
    stand together; "" where only a person can tell.
    """

    name: str
    label: str
    theirs: str
    mine: str
    pieces: Sequence[Piece]
    both: str | None
    suggested: str


def flat(words: Words) -> dict[str, Any]:
    """The words by field name, each detail as a field of its own: details.areas."""
    details = words.get("details") or {}
    fields = {name: value for name, value in words.items() if name != "details"}
    return fields | {DETAILS + key: value for key, value in details.items()}


def label_of(name: str) -> str:
    """A field's name as staff read it."""
    plain = name.removeprefix(DETAILS).replace("_", " ")
    return LABELS.get(name) or plain[:1].upper() + plain[1:]


def changes(old: Words, new: Words) -> Sequence[Change]:
    """The fields that differ, in the order of the form."""
    before, after = flat(old), flat(new)
    return [
        Change(name, label_of(name), word_diff(readable(one), readable(other)))
        for name in _names(before, after)
        if (one := before.get(name)) != (other := after.get(name)) and (one or other)
    ]


def choices(*, base: Words, theirs: Words, mine: Words) -> Sequence[Choice]:
    """What has to be chosen when two people have changed the page since `base`."""
    start, one, other = flat(base), flat(theirs), flat(mine)
    return [
        _choice(name, start.get(name), one.get(name), other.get(name))
        for name in _names(one, other)
        if one.get(name) != other.get(name) and (one.get(name) or other.get(name))
    ]


def take(*, base: Words, theirs: Words, mine: Words, taken: Mapping[str, str]) -> dict[str, Any]:
    """The words after choosing: `taken` says theirs, mine or both by field; mine where it is silent."""
    start, one, other = flat(base), flat(theirs), flat(mine)
    chosen: dict[str, Any] = {"details": {}}
    for name in _names(one, other):
        value = one.get(name) if taken.get(name) == THEIRS else other.get(name)
        if taken.get(name) == BOTH:
            value = _both(start.get(name), one.get(name), other.get(name))
        if name.startswith(DETAILS):
            if value is not None:
                chosen["details"][name.removeprefix(DETAILS)] = value
        else:
            chosen[name] = value
    return chosen


def _choice(name: str, base: Any, theirs: Any, mine: Any) -> Choice:
    together = _both(base, theirs, mine)
    suggested = MINE if theirs == base else THEIRS if mine == base else BOTH if together else ""
    is_needed = theirs != base and mine != base
    one, other = readable(theirs), readable(mine)
    return Choice(
        name=name,
        label=label_of(name),
        theirs=one,
        mine=other,
        pieces=word_diff(one, other),
        both=together if is_needed else None,
        suggested=suggested,
    )


def _both(base: Any, theirs: Any, mine: Any) -> str | None:
    if not (isinstance(theirs, str) and isinstance(mine, str) and isinstance(base, str)):
        return None
    return both(base=base, theirs=theirs, mine=mine)


def _names(one: Mapping[str, Any], other: Mapping[str, Any]) -> Sequence[str]:
    known = [name for name in LABELS if name in one or name in other]
    return known + sorted({*one, *other} - set(known))
