"""Where images are used. A registry: each room above whose texts show images registers a function that finds them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageUse:
    """One text that shows an image: its title, where it is read, and "live", "draft" or "scheduled"."""

    title: str
    url: str
    state: str


Finder = Callable[[int], Iterable[ImageUse]]
FINDERS: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Decorator for a function that gives the uses of an image by its number; `apps.py: ready()` loads its module."""
    FINDERS.append(finder)
    return finder


def uses_of(image_id: int) -> tuple[ImageUse, ...]:
    """Every text that shows the image now, or would if it went live."""
    return tuple(use for find in FINDERS for use in find(image_id))
