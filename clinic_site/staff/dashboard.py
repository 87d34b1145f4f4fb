"""What waits for somebody on the staff: the lines of the admin's first page.

A registry: each room above registers the function that gives its lines for a user, in its `apps.py: ready()`.
Such a function looks only at what the user may see, in a fixed number of queries.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import DatabaseError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """One line: what waits, how many (None: it is not counted), and where to see to it."""

    text: str
    url: str
    count: int | None = None
    is_urgent: bool = False


Source = Callable[[User], Iterable[Waiting]]
SOURCES: dict[int, Source] = {}  # by place from the top


def register(*, place: int) -> Callable[[Source], Source]:
    """Decorator: the function's lines stand at this place of the first page, 1 at the top.

    Raises ValueError where another function has the place: the order is said, and never that of the apps.
    """

    def registered(source: Source) -> Source:
        if place in SOURCES:
            raise ValueError(
                f"{SOURCES[place].__module__} stands at place {place} of the staff's first page:"
                f" give {source.__module__} a place of its own."
            )
        SOURCES[place] = source
        return source

    return registered


def waiting_for(user: User) -> list[Waiting]:
    """Every line for this user, the urgent ones first; lines that count nothing are left out."""
    lines = [
        line
        for place in sorted(SOURCES)
        for line in _lines(SOURCES[place], user)
        if line.count != 0
    ]
    return sorted(lines, key=lambda line: not line.is_urgent)


def _lines(source: Source, user: User) -> list[Waiting]:
    """A room that is in trouble doesn't take the first page away from staff."""
    try:
        return list(source(user))
    except DatabaseError:
        logger.exception("The first page of the admin lacks the lines of %s", source.__module__)
        return []
