"""What the editor does with the words of its form: which to open, and how to keep them.

The two-editor guard looks at the page's version and at the revision in force: a scheduled revision
that went live while the form was open counts as somebody else's change too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from clinic_site.pages.actions.publish import PageChanged, publish, save_draft, schedule
from clinic_site.pages.checks.publishing import keep_override, require_fit
from clinic_site.pages.editor.page_form import DRAFT, PUBLISH, SCHEDULE
from clinic_site.pages.models import Page, Revision


@dataclass(frozen=True)
class Seen:
    """How the page stood when the form was opened."""

    version: int
    in_force: int | None


def opening_revision(page: Page, number: int | None = None) -> Revision | None:
    """The revision whose words the form opens with: the one asked for, else the newest."""
    asked = page.revisions.filter(pk=number).first() if number else None
    return asked or page.revisions.filter(replaced_by__isnull=True).first()


def is_already_so(*, page: Page, words: Mapping[str, Any], action: str) -> bool:
    """Whether saving would change nothing: the newest revision says this and stands like this."""
    newest = opening_revision(page)
    if newest is None or newest.words() != words or newest.is_withdrawn:
        return False
    if action == PUBLISH:
        in_force = page.revisions.past().first()
        return in_force is not None and in_force.pk == newest.pk
    return action == DRAFT


@transaction.atomic
def save_words(
    *,
    page: Page,
    words: Mapping[str, Any],
    action: str,
    seen: Seen,
    by: User,
    note: str = "",
    publish_at: datetime | None = None,
    cancel_scheduled: bool = False,
    reason: str = "",
) -> Revision:
    """A new revision: a draft, live at once, or live from `publish_at` on.

    `PageChanged` when the page is not as it was seen; `NotFit` when the words may not go live,
    unless they only claim too much and an owner gives a `reason`. With `cancel_scheduled` what was scheduled
    before is kept as a draft, so that it does not replace these words later.
    """
    current = Page.objects.select_for_update().get(pk=page.pk)
    in_force = current.revisions.past().first()
    if Seen(current.version, in_force.pk if in_force else None) != seen:
        raise PageChanged(current)
    passed = () if action == DRAFT else require_fit(page=page, words=words, by=by, reason=reason)
    overtaken = current.revisions.waiting().first()
    if cancel_scheduled and action != DRAFT:
        overtaken = _unschedule(current, by) or overtaken
    if action == PUBLISH:
        revision = publish(page=page, words=words, by=by, note=note)
    else:
        replaces = overtaken if action == SCHEDULE else None
        moment = publish_at if action == SCHEDULE else None
        revision = save_draft(
            page=page, words=words, by=by, note=note, publish_at=moment, replaces=replaces
        )
    keep_override(revision=revision, faults=passed, by=by, reason=reason)
    return revision


def _unschedule(page: Page, by: User) -> Revision | None:
    """Make drafts of all that is scheduled; the last of them."""
    last = None
    for revision in page.revisions.scheduled():
        last = schedule(revision=revision, publish_at=None, by=by)
    return last
