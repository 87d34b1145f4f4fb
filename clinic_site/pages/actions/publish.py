"""The verbs that write pages: each atomic, keyword-only, and naming who does it.

`by=None` means that the words came from content/. A revision is never changed or deleted; the one
thing that may be set or cleared is `publish_at`, and only until it has passed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from clinic_site.pagecache.stamp import pages_changed
from clinic_site.pages.models import WORDS, Page, Revision

LINKS = ("page", "created_by", "replaces")  # checked by the database, which sees them anyway


class PageChanged(Exception):
    """Somebody else saved the page since it was opened. `page` is as it is now."""

    def __init__(self, page: Page) -> None:
        super().__init__(f"{page} was changed by someone else in the meantime.")
        self.page = page


class AlreadyLive(ValueError):
    """The revision's time has passed, so when it goes live can't be set any more."""


@transaction.atomic
def create_page(*, path: str, layout: str, position: int = 0, by: User | None) -> Page:
    """A new address with no words yet. `ValidationError` for a bad or taken address."""
    page = Page(
        path=path,
        parent_path=path.rpartition("/")[0],
        layout=layout,
        position=position,
    )
    page.full_clean()
    page.save()
    return page


@transaction.atomic
def arrange(*, page: Page, layout: str, position: int, by: User | None) -> Page:
    """Another layout or another place among its siblings, for all revisions of the page at once."""
    Page.objects.filter(pk=page.pk).update(
        layout=layout, position=position, version=F("version") + 1
    )
    pages_changed()
    page.refresh_from_db()
    return page


@transaction.atomic
def save_draft(
    *,
    page: Page,
    words: Mapping[str, Any],
    by: User | None,
    note: str = "",
    publish_at: datetime | None = None,
    is_withdrawn: bool = False,
    replaces: Revision | None = None,
    expected_version: int | None = None,
) -> Revision:
    """A new revision of the page; a draft unless `publish_at` says when it goes live.

    `words` holds the fields of WORDS (missing ones stay empty). With `expected_version` the save is
    refused with PageChanged when the page has moved on since that version was read; words that do
    not fit are refused with `ValidationError`.
    """
    current = Page.objects.select_for_update().get(pk=page.pk)
    if expected_version is not None and current.version != expected_version:
        raise PageChanged(current)
    revision = Revision(
        page=current,
        created_by=by,
        note=note,
        publish_at=publish_at,
        is_withdrawn=is_withdrawn,
        replaces=replaces,
        **{name: words[name] for name in WORDS if name in words},
    )
    revision.clean_fields(exclude=LINKS)
    revision.save()
    if publish_at is not None:
        pages_changed(also_at=publish_at)
    Page.objects.filter(pk=page.pk).update(version=F("version") + 1)
    page.refresh_from_db()
    return revision


def publish(
    *,
    page: Page,
    words: Mapping[str, Any],
    by: User | None,
    note: str = "",
    expected_version: int | None = None,
) -> Revision:
    """A new revision, live at once."""
    return save_draft(
        page=page,
        words=words,
        by=by,
        note=note,
        publish_at=timezone.now(),
        expected_version=expected_version,
    )


@transaction.atomic
def schedule(*, revision: Revision, publish_at: datetime | None, by: User | None) -> Revision:
    """Set or clear (None) when a revision goes live; AlreadyLive once its time has passed."""
    current: Revision = Revision.objects.select_for_update().get(pk=revision.pk)
    if current.publish_at is not None and current.publish_at <= timezone.now():
        raise AlreadyLive("This revision is live or was live; save a new one instead.")
    current.publish_at = publish_at
    current.save(update_fields=["publish_at"])
    pages_changed(also_at=publish_at)
    Page.objects.filter(pk=current.page_id).update(version=F("version") + 1)
    return current


def withdraw(
    *, page: Page, by: User | None, note: str = "", expected_version: int | None = None
) -> Revision:
    """Take the page off the site. Its words are kept in the revision that says so."""
    latest = page.revisions.past().first() or page.revisions.first()
    return save_draft(
        page=page,
        words=latest.words() if latest else {"title": str(page)},
        by=by,
        note=note,
        publish_at=timezone.now(),
        is_withdrawn=True,
        expected_version=expected_version,
    )


def restore(
    *, revision: Revision, by: User | None, expected_version: int | None = None
) -> Revision:
    """A new revision, live at once, with the words of an old one."""
    return publish(
        page=revision.page,
        words=revision.words(),
        by=by,
        note=f"Restored from revision {revision.pk}",
        expected_version=expected_version,
    )
