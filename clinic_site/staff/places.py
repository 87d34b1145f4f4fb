"""Places on the staff's first page that rooms above fill, in an order that is said and never that of the apps.

A room registers a function in its `apps.py: ready()`. Such a function looks only at what the user may see, in a
fixed number of queries.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from django.contrib.auth.models import User
from django.db import DatabaseError

logger = logging.getLogger(__name__)
Item = TypeVar("Item")


class Places(Generic[Item]):
    """Functions that give items for a user, by their place from the top."""

    def __init__(self, of_what: str) -> None:
        self.of_what = of_what
        self.sources: dict[int, Callable[[User], Iterable[Item]]] = {}

    def register(
        self, *, place: int
    ) -> Callable[[Callable[[User], Iterable[Item]]], Callable[[User], Iterable[Item]]]:
        """Decorator: the function's items stand at this place, 1 at the top.

        Raises ValueError where another function has the place.
        """

        def registered(
            source: Callable[[User], Iterable[Item]],
        ) -> Callable[[User], Iterable[Item]]:
            if place in self.sources:
                raise ValueError(
                    f"{self.sources[place].__module__} stands at place {place} of the {self.of_what}"
                    f" of the staff's first page: give {source.__module__} a place of its own."
                )
            self.sources[place] = source
            return source

        return registered

    def all_for(self, user: User) -> list[Item]:
        """Every item for this user. A room that is in trouble doesn't take the first page away from staff."""
        return [item for place in sorted(self.sources) for item in self._of(place, user)]

    def _of(self, place: int, user: User) -> list[Item]:
        source = self.sources[place]
        try:
            return list(source(user))
        except DatabaseError:
            logger.exception(
                "The staff's first page lacks the %s of %s", self.of_what, source.__module__
            )
            return []
