"""What a room beside the pages may show of them: a registry that the pages room fills in `apps.py: ready()`.

The form is one of the site's pages with its words, menu and clinic, but it is answered by a room of its own, which
works while the pages' tables don't.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Condition:
    """What a page of a condition is about: its name, and the areas of the body."""

    title: str
    areas: Sequence[str]


@dataclass(frozen=True)
class PublishedPages:
    """How the pages are read. Each callable asks the database, and raises DatabaseError when it is away.

    read_page(path) gives a page as its template reads it, or None; read_frame() the menu and the clinic;
    condition(about) a condition, by its path or its slug, or None for any other page.
    """

    read_page: Callable[[str], Any]
    read_frame: Callable[[], Any]
    condition: Callable[[str], Condition | None]


_REGISTERED: list[PublishedPages] = []


def register(pages: PublishedPages) -> None:
    """These are read from now on."""
    _REGISTERED[:] = [pages]


def published_pages() -> PublishedPages:
    """Those that were registered; Django's set-up comes first."""
    return _REGISTERED[0]
