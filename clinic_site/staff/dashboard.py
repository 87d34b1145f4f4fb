"""What waits for somebody on the staff: the lines of the admin's first page.

Each room offers a function that gives its lines for a user; settings.STAFF_WAITING names them, so that
no room has to know another. A function looks only at what the user may see, in a fixed number of queries.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """One line: what waits, how many (None: it is not counted), and where to see to it."""

    text: str
    url: str
    count: int | None = None
    is_urgent: bool = False


Source = Callable[[User], Iterable[Waiting]]


def waiting_for(user: User) -> list[Waiting]:
    """Every line for this user, the urgent ones first; lines that count nothing are left out."""
    lines = [
        line
        for name in settings.STAFF_WAITING
        for line in _lines(import_string(name), user)
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
