"""The three-way merge, field by field. Pure: values in, values out.

A field is a name and a JSON value; a missing field is the same as None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Clash:
    """A field that both sides changed, differently."""

    base: Any
    file: Any
    mine: Any


@dataclass(frozen=True)
class Merged:
    """What is to be live: the merged fields (staff's where they clash), and the clashes."""

    fields: dict[str, Any]
    clashes: dict[str, Clash]


def merge(*, base: Fields, file: Fields, mine: Fields) -> Merged:
    """Take the file's value where staff left the base's; keep staff's everywhere else.

    The same change on both sides is fine; different changes clash, and staff's stay.
    """
    fields: dict[str, Any] = {}
    clashes: dict[str, Clash] = {}
    for name in sorted({*base, *file, *mine}):
        old, theirs, ours = base.get(name), file.get(name), mine.get(name)
        is_taken = is_same(ours, old) and not is_same(theirs, old)
        value = theirs if is_taken else ours
        if value is not None:
            fields[name] = value
        if not (is_same(theirs, old) or is_same(ours, old) or is_same(theirs, ours)):
            clashes[name] = Clash(old, theirs, ours)
    return Merged(fields, clashes)


def is_same(one: Any, other: Any) -> bool:
    """Whether two JSON values say the same; unlike `==` this tells true from 1, also within."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def changed(before: Fields, after: Fields) -> list[str]:
    """The names of the fields whose values differ."""
    return [n for n in sorted({*before, *after}) if not is_same(before.get(n), after.get(n))]
