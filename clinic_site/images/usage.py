"""Where images are used. This room knows no pages: settings.IMAGE_USES names the function that does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class ImageUse:
    """One text that shows an image: its title, where it is read, and "live", "draft" or "scheduled"."""

    title: str
    url: str
    state: str


def uses_of(image_id: int) -> tuple[ImageUse, ...]:
    """Every text that shows the image now, or would if it went live."""
    find = cast(Callable[[int], tuple[ImageUse, ...]], import_string(settings.IMAGE_USES))
    return find(image_id)
