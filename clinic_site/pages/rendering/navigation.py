"""The site's menu, and the pages before and after one along the natural path."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.fields.json import KT

from clinic_site.markup.languages import direction
from clinic_site.pages.layouts import LANGUAGE
from clinic_site.pages.models import HOME, Page, Revision

WELCOME = "welcome"  # the folder of the cards in other languages, and their layout
UTILITY_FROM = 100  # positions from here on stand at the foot of the site, off the natural path


@dataclass(frozen=True)
class MenuEntry:
    """A page as menus and "previous/next" name it."""

    path: str
    label: str
    position: int
    layout: str
    language: str = ""  # its tag; "": English

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def url(self) -> str:
        return f"/{self.path}/"


def signposts() -> tuple[Sequence[MenuEntry], Sequence[MenuEntry]]:
    """The live pages of the top level in their order, without the home page, and the cards of welcome; one query."""
    rows = (
        Revision.objects.live()
        .filter(page__parent_path__in=("", WELCOME))
        .filter(~Q(page__path=HOME))
        .order_by("page__position", "page__path")
        .annotate(tag=KT(f"details__{LANGUAGE}"))
        .values_list("page__path", "menu_title", "title", "page__position", "page__layout", "tag")
    )
    entries = [
        MenuEntry(path, short or title, position, layout, tag or "")
        for path, short, title, position, layout, tag in rows
    ]
    return (
        [entry for entry in entries if "/" not in entry.path],
        [entry for entry in entries if "/" in entry.path and entry.layout == WELCOME],
    )


def neighbours(
    page: Page, entries: Sequence[MenuEntry]
) -> tuple[MenuEntry | None, MenuEntry | None]:
    """The pages before and after this one along the natural path (positions below 100)."""
    walk = [entry for entry in entries if entry.position < UTILITY_FROM]
    paths = [entry.path for entry in walk]
    if page.path not in paths:
        return None, None
    place = paths.index(page.path)
    return (
        walk[place - 1] if place else None,
        walk[place + 1] if place + 1 < len(walk) else None,
    )
