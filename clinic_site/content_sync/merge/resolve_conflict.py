"""A person settles a conflict between a file and staff's words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from clinic_site.clinic.file_mapping import current_details, take_in
from clinic_site.content_sync.merge.conflicts import close
from clinic_site.content_sync.merge.revision_heads import Head, heads_by_page, rewrite
from clinic_site.content_sync.merge.three_way_merge import is_same
from clinic_site.content_sync.models import LIVE, Conflict
from clinic_site.content_sync.page_fields import (
    CLINIC_FIELDS,
    DETAILS,
    PAGE_FIELDS,
    from_page,
    to_front,
)
from clinic_site.pages.actions.publish import PageChanged, arrange
from clinic_site.pages.layouts import check_front
from clinic_site.pages.models import Page

Outcome = Conflict.Outcome


class AlreadySettled(Exception):
    """Somebody settled this conflict a moment ago, or it went away by itself."""


@transaction.atomic
def settle(
    *,
    conflict: Conflict,
    keep: str,
    words: Any = None,
    by: User,
    expected_version: int | None = None,
) -> Conflict:
    """Settle a conflict: `keep` "mine" (staff's), "file" (the file's) or "words" (`words`).

    The value is written to the head that it is about, and to every other head that says the same as
    staff did; their conflicts over the same two values are settled with it. Raises AlreadySettled;
    PageChanged when the page moved on since `expected_version`; ValidationError for words that the
    field can't hold.
    """
    conflict = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if conflict.settled_at:
        raise AlreadySettled(f"{conflict} is settled already.")
    page = Page.objects.select_for_update().get(source_file=conflict.source_file_id)
    if expected_version is not None and page.version != expected_version:
        raise PageChanged(page)
    now = timezone.now()
    heads = heads_by_page(now, [page.pk]).get(page.pk, [])
    twins = _twins(conflict)
    if keep != Outcome.MINE:
        value = conflict.file if keep == Outcome.FILE else words
        _check(page, heads, conflict.field, value)
        wanted = _wanted(conflict, {one.head for one in twins}, heads, value)
        _write(conflict, page, heads, wanted, value, now, by)
    for one in twins:
        close(one, Outcome(keep), now, by)
    conflict.refresh_from_db()
    return conflict


def _write(
    conflict: Conflict,
    page: Page,
    heads: Sequence[Head],
    wanted: Mapping[str, Mapping[str, Any]],
    value: Any,
    now: datetime,
    by: User,
) -> None:
    """Put the value where the field lives: the clinic's tables, the page, or its revisions."""
    if conflict.field in CLINIC_FIELDS:
        take_in(details={conflict.field.removeprefix(DETAILS): value})
    elif conflict.field in PAGE_FIELDS:
        arrange(page=page, by=by, **{**from_page(page), conflict.field: value})
    else:
        note = f"{conflict.source_file.path}: {conflict.field} settled"
        rewrite(page=page, heads=heads, wanted=wanted, now=now, by=by, note=note)


def _twins(conflict: Conflict) -> list[Conflict]:
    """This conflict, and those of the page's other heads over the same two values."""
    waiting = Conflict.objects.unsettled().filter(
        source_file=conflict.source_file_id, field=conflict.field
    )
    return [
        one
        for one in waiting
        if one.pk == conflict.pk
        or (is_same(one.mine, conflict.mine) and is_same(one.file, conflict.file))
    ]


def _wanted(
    conflict: Conflict, keys: Iterable[str], heads: Sequence[Head], value: Any
) -> dict[str, Mapping[str, Any]]:
    """What each head is to say, by its key; those that say something of their own are left out."""
    wanted: dict[str, Mapping[str, Any]] = {}
    for head in heads:
        if head.key in keys or is_same(head.fields.get(conflict.field), conflict.mine):
            fields = {**head.fields, conflict.field: value}
            wanted[head.key] = {name: one for name, one in fields.items() if one is not None}
    return wanted


def _check(page: Page, heads: Sequence[Head], field: str, value: Any) -> None:
    """ValidationError if the field can't hold the value in the page's layout."""
    live = next((head.fields for head in heads if head.key == LIVE), {})
    clinic = current_details() if page.layout == "clinic" else {}
    front = {**to_front({**from_page(page), **live}), **clinic}
    key = field.removeprefix(DETAILS)
    if field == "body":
        return
    front[key] = value
    front = {name: one for name, one in front.items() if one is not None and one != ""}
    problems = [text for name, text in check_front(front) if name == key]
    if problems:
        raise ValidationError(problems)
