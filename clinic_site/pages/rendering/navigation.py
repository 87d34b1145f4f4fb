"""The site's menu, and the pages before and after one along the natural path."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from clinic_site.pages.models import HOME, Page, Revision

UTILITY_FROM = 100  # positions from here on stand at the foot of the site, off the natural path


@dataclass(frozen=True)
class MenuEntry:
    """A page as menus and "previous/next" name it."""

    path: str
    label: str
    position: int
    layout: str

    @property
    def url(self) -> str:
        return f"/{self.path}/"


def menu() -> Sequence[MenuEntry]:
    """The live pages of the top level in their order, without the home page."""
    rows = (
        Revision.objects.live()
        .under("")
        .filter(~Q(page__path=HOME))
        .values_list("page__path", "menu_title", "title", "page__position", "page__layout")
    )
    return [
        MenuEntry(path, short or title, position, layout)
        for path, short, title, position, layout in rows
    ]


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
