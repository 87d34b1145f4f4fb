"""The heads of a page: every revision of it that patients read or may come to read.

Those are the one in force, each scheduled one, and the latest draft if it is newer than what is in
force. A change of the file must reach all of them: else publishing the draft next week, or the
minute of a scheduled revision, would silently undo it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from clinic_site.content_sync.merge.three_way_merge import changed
from clinic_site.content_sync.models import DRAFT, LIVE
from clinic_site.content_sync.page_fields import from_revision, to_words
from clinic_site.pages.actions.publish import save_draft, schedule
from clinic_site.pages.models import Page, Revision

NOTE_LENGTH = 300


@dataclass(frozen=True)
class Head:
    """One head: "live", "draft" or the moment it goes live; its revision and what that says."""

    key: str
    revision: Revision
    fields: Mapping[str, Any]

    @classmethod
    def of(cls, revision: Revision, key: str = "") -> "Head":
        if not key:
            key = revision.publish_at.isoformat() if revision.publish_at else DRAFT
        return cls(key, revision, from_revision(revision))


def heads_by_page(now: datetime, pages: Iterable[int] | None = None) -> dict[int, list[Head]]:
    """The heads of the pages with these ids (None: of all), live first, the draft last."""
    revisions = Revision.objects.all()
    if pages is not None:
        revisions = revisions.filter(page__in=pages)
    heads: dict[int, list[Head]] = {}
    for revision in revisions.in_force(now):
        heads.setdefault(revision.page_id, []).append(Head.of(revision, LIVE))
    scheduled = {(one.page_id, one.publish_at): one for one in revisions.scheduled(now)}
    for revision in [*scheduled.values(), *revisions.waiting(now)]:
        heads.setdefault(revision.page_id, []).append(Head.of(revision))
    return heads


def rewrite(
    *,
    page: Page,
    heads: Sequence[Head],
    wanted: Mapping[str, Mapping[str, Any]],
    now: datetime,
    by: User | None,
    note: str,
    is_live_new: bool = False,
) -> dict[str, Revision]:
    """Make each head say the fields `wanted` for its key, with new revisions where it does not.

    A scheduled head keeps its moment, the revision before it gives it up. A draft that would fall
    behind a new live revision is written again after it, so that it stays the latest. `now` is the
    moment at which the heads were read: what goes live by this call goes live then, before anything
    that was scheduled. `is_live_new` says that the live head was written just now. Returns the new
    revisions by key.
    """
    written: dict[str, Revision] = {}
    for head in heads:
        fields = wanted.get(head.key, head.fields)
        is_left_behind = head.key == DRAFT and (is_live_new or LIVE in written)
        if not (changed(head.fields, fields) or is_left_behind):
            continue
        is_live = head.key == LIVE
        publish_at = now if is_live else head.revision.publish_at
        if not is_live and publish_at:
            schedule(revision=head.revision, publish_at=None, by=by)
        written[head.key] = save_draft(
            page=page,
            words=to_words(fields),
            by=by,
            note=note[:NOTE_LENGTH],
            publish_at=publish_at,
            is_withdrawn=head.revision.is_withdrawn,
            replaces=None if is_live else head.revision,
        )
    return written
