"""How a page would look: words that are not live, in the very layout that patients read.

A page that stands on its folder's index is shown there, among the entries that are live now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.utils import timezone

from clinic_site.pages.layouts import LAYOUTS, has_own_address
from clinic_site.pages.models import Page, PreviewLink, Revision
from clinic_site.pages.rendering.entries import Entry
from clinic_site.pages.rendering.page_view import Reading, reading_of
from clinic_site.pages.rendering.text_images import illustrated

LASTS = timedelta(days=7)
SALT = "clinic_site.pages.preview_link"


class LinkGone(Exception):
    """The link was right once: it has expired, was revoked, or whoever made it has no account any more."""


@dataclass(frozen=True)
class Preview:
    """What to draw: the reading, its template, and the anchor of the words on the page ("": top)."""

    reading: Reading
    template: str
    anchor: str


def body_html(content: str) -> str:
    """A text as safe HTML: the renderer that django-markdownx calls."""
    return illustrated(content).html


def preview_of(revision: Revision) -> Preview:
    """The page as it would be if this revision, saved or not, were live now."""
    page = revision.page
    revision.publish_at = revision.publish_at or timezone.now()  # told on the page; never saved
    if has_own_address(layout=page.layout, body=revision.body):
        return Preview(reading_of(revision), LAYOUTS[page.layout].template, "")
    index = Revision.objects.live().filter(page__path=page.parent_path).first()
    if index is None:
        return Preview(reading_of(revision), LAYOUTS["article"].template, "")
    reading = reading_of(index)
    others = [entry for entry in reading.entries if entry.revision.page_id != page.pk]
    entries = sorted(
        [*others, Entry(revision)],
        key=lambda entry: (entry.revision.page.position, entry.revision.page.path),
    )
    reading = replace(reading, entries=tuple(entries))
    return Preview(reading, LAYOUTS[index.page.layout].template, page.slug)


def unsaved(page: Page, words: Mapping[str, Any]) -> Revision:
    """A revision that is only looked at; a missing title is shown as such."""
    return Revision(page=page, **{**words, "title": words.get("title") or "(no title yet)"})


def share(*, revision: Revision, by: User) -> PreviewLink:
    """A link to these words for whoever gets it, for seven days."""
    now = timezone.now()
    return PreviewLink.objects.create(
        revision=revision, created_by=by, created_at=now, expires_at=now + LASTS
    )


@transaction.atomic
def revoke(*, link: PreviewLink, by: User) -> None:
    """The link shows nothing any more."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now(), revoked_by=by
    )


def token_of(link: PreviewLink) -> str:
    """The link's number, signed: what stands in its address."""
    return signing.Signer(salt=SALT).sign(str(link.pk))


def read_token(token: str) -> PreviewLink:
    """The link that a token stands for. `BadSignature` for a made-up one, `LinkGone` for an old one."""
    number = signing.Signer(salt=SALT).unsign(token)
    links = PreviewLink.objects.select_related("revision__page")
    link: PreviewLink | None = links.open().filter(pk=int(number)).first()
    if link is None:
        raise LinkGone
    return link
