"""Conflicts: recorded once, kept up to date by later runs, settled by a person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from clinic_site.content_sync.merge.revision_heads import Head
from clinic_site.content_sync.merge.three_way_merge import Clash, is_same
from clinic_site.content_sync.models import Conflict, SourceFile
from clinic_site.pages.models import Revision


def base_for(head: str, base: Mapping[str, Any], waiting: Iterable[Conflict]) -> Mapping[str, Any]:
    """The merge base of a head: while a conflict waits, its field keeps the base it had."""
    return {**base, **{one.field: one.base for one in waiting if one.head == head}}


def follow(*, waiting: Sequence[Conflict], heads: Sequence[Head], now: datetime) -> list[Conflict]:
    """The conflicts that still wait, each on a head that is still there.

    A draft that was published, or a scheduled revision whose moment came, takes its conflict with
    it. A conflict whose words are no longer in use is closed as overtaken.
    """
    keys = {head.key for head in heads}
    taken = {(one.head, one.field) for one in waiting}
    left = []
    for one in waiting:
        if one.head not in keys:
            heir = _heir(one, heads)
            if heir is None or (heir.key, one.field) in taken:
                close(one, Conflict.Outcome.OVERTAKEN, now)
                continue
            one.head, one.revision = heir.key, heir.revision
            taken.add((heir.key, one.field))
            one.save()
        left.append(one)
    return left


def record(
    *,
    source: SourceFile,
    head: str,
    revision: Revision | None,
    clashes: Mapping[str, Clash],
    waiting: Sequence[Conflict],
    now: datetime,
) -> list[Conflict]:
    """Make the conflicts that wait on this head say `clashes`, no more and no less."""
    known = {one.field: one for one in waiting if one.head == head}
    for name in known.keys() - clashes.keys():
        close(known[name], Conflict.Outcome.AGREED, now)
    recorded = []
    for name, clash in clashes.items():
        one = known.get(name) or Conflict(source_file=source, field=name, head=head, found_at=now)
        before = _said(one)
        one.revision, one.base, one.file, one.mine = revision, clash.base, clash.file, clash.mine
        if one.pk is None or not is_same(before, _said(one)):
            one.save()
        recorded.append(one)
    return recorded


def close(conflict: Conflict, outcome: str, now: datetime, by: Any = None) -> None:
    """Settle a conflict for good, whoever or whatever did it."""
    conflict.outcome, conflict.settled_at, conflict.settled_by = outcome, now, by
    conflict.save()


def _said(conflict: Conflict) -> list[Any]:
    return [conflict.revision_id, conflict.base, conflict.file, conflict.mine]


def _heir(conflict: Conflict, heads: Sequence[Head]) -> Head | None:
    """The head that now has the words that the conflict is about."""
    for head in heads:
        if head.revision.pk == conflict.revision_id:
            return head
    for head in heads:
        if is_same(head.fields.get(conflict.field), conflict.mine):
            return head
    return None
