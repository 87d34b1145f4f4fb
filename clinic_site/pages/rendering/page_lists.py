"""Every page as sitemaps, feeds and lists name it: its address, its title, when its words last changed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone

from clinic_site.pages.layouts import LAYOUTS, PARTS
from clinic_site.pages.models import Revision, page_url
from clinic_site.pages.querysets import RevisionQuerySet
from clinic_site.pages.rendering.clinic_pages import clinic_pages
from clinic_site.pages.rendering.last_changed import last_changed

PER_SITEMAP = 5_000
MOST_NEAR = 3
LIKENESS = 0.55  # from 0 to 1: "first" is like "first session" (0.56), "nowhere" not like "how we write" (0.53)
STANDING = (*(name for name, layout in LAYOUTS.items() if layout.stands_on_index), *PARTS)


@dataclass(frozen=True)
class Listed:
    """A page with an address of its own."""

    path: str
    title: str
    summary: str
    changed_at: datetime

    @property
    def url(self) -> str:
        return page_url(self.path)

    @property
    def twin_url(self) -> str:
        """Where the page stands as Markdown."""
        return f"/{self.path}.md"


def with_own_address() -> RevisionQuerySet:
    """Live revisions of the pages that are read at an address of their own, in the order of addresses."""
    has_body = Q(page__layout="condition") & ~Q(body="")
    own = ~Q(page__layout__in=STANDING) | has_body
    return Revision.objects.live().filter(own).order_by("page__path")


def sitemap_pages() -> Paginator[Revision]:
    """The addresses of the site in parts of 5,000."""
    return Paginator(with_own_address(), PER_SITEMAP)


def listed(revisions: Sequence[Revision]) -> list[Listed]:
    """The pages of these revisions, with when they last changed; three queries at most."""
    return [
        Listed(one.page.path, one.title, one.summary, at)
        for one, at in zip(revisions, last_changed(revisions), strict=True)
    ]


def words_of(path: str) -> str:
    """What an address says, in words: "/faq/does-it-hurt/" is "faq does it hurt"."""
    return " ".join(re.findall(r"[a-z0-9]+", path.lower()))[:100]


def nearest(path: str, pages: Iterable[Listed]) -> list[Listed]:
    """Three at most of the pages whose address or title is most like a path that leads nowhere."""
    wanted = words_of(path)
    if not wanted:
        return []
    names: dict[str, Listed] = {}
    for page in pages:
        names |= {page.path.replace("/", " ").replace("-", " "): page, page.title.lower(): page}
    close = get_close_matches(wanted, names, n=2 * MOST_NEAR, cutoff=LIKENESS)
    return list(dict.fromkeys(names[name] for name in close))[:MOST_NEAR]


def latest_changes(count: int) -> list[Revision]:
    """The revisions that went live last, newest first; a page that changed often stands once."""
    live = Revision.objects.live().exclude(page__layout__in=PARTS)
    return list(live.order_by("-publish_at", "-pk")[:count])


def of_the_clinic(indexes: Iterable[Revision] | None = None) -> list[Listed]:
    """The pages of people and places; `indexes`: live revisions among which are those of the pages above them."""
    return [
        Listed(one.page.path, one.title, one.summary, at or timezone.now())
        for one, at in clinic_pages(indexes)
    ]


def all_listed() -> list[Listed]:
    """Every page of the top levels for people and assistants: the first 500, and those of people and places."""
    first = list(with_own_address().order_by("page__position", "page__path")[:500])
    return listed(first) + of_the_clinic(first)
