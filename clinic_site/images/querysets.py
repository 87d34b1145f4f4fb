"""The reusable filters over images and their renditions."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class ImageQuerySet(models.QuerySet[Any]):
    def about(self, words: str) -> Self:
        """Images whose title or description has every one of these words."""
        found = self
        for word in words.split():
            found = found.filter(Q(title__icontains=word) | Q(alt__icontains=word))
        return found


class RenditionQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """The files of each image as it is now, small ones first."""
        return self.filter(version=F("image__version")).order_by("width")

    def retired_before(self, moment: datetime) -> Self:
        """The files of versions that were replaced before that moment."""
        return self.filter(retired_at__lt=moment)
