"""Images as pages show them: the files of the library as the `Picture`s that the renderer takes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models.fields.files import FieldFile

from clinic_site.images.models import THUMBNAIL_WIDTH, Kind, Rendition
from clinic_site.markup import Picture, PictureSource

# How wide a page shows a picture: the column of text, or the screen less its margins.
SIZES = "(min-width: 45rem) 40rem, calc(100vw - 2.3rem)"
_FALLBACK_WIDTH = 960


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small JPEG of an image, with its size in pixels."""

    url: str
    width: int
    height: int


def media_url(file: FieldFile) -> str:
    """Where a stored file is read: always on this site, wherever it is stored."""
    return f"{settings.MEDIA_URL}{file.name}"


def pictures(ids: Collection[int]) -> Mapping[str, Picture]:
    """The pictures of these images by the source that a text names them by: image:12. One query.

    Numbers that no image has are left out.
    """
    rows = Rendition.objects.current().filter(image__in=ids).select_related("image")
    by_image = groupby(rows.order_by("image", "width"), key=lambda row: row.image)
    found = [_picture(list(renditions)) for _, renditions in by_image]
    return {picture.src: picture for picture in found}


def thumbnails(ids: Collection[int]) -> Mapping[int, Thumbnail]:
    """A small JPEG of each of these images, by number. One query."""
    rows = Rendition.objects.current().filter(
        image__in=ids, kind=Kind.JPEG, width__lte=THUMBNAIL_WIDTH
    )
    return {row.image_id: Thumbnail(media_url(row.file), row.width, row.height) for row in rows}


def _picture(renditions: list[Rendition]) -> Picture:
    """One image of the page; the JPEG stands in the img with its own srcset."""
    image = renditions[0].image
    jpegs = [rendition for rendition in renditions if rendition.kind == Kind.JPEG]
    fallback = next((row for row in jpegs if row.width >= _FALLBACK_WIDTH), jpegs[-1])
    widest = jpegs[-1]
    return Picture(
        src=image.source,
        url=media_url(fallback.file),
        width=widest.width,
        height=widest.height,
        sources=tuple(
            PictureSource(f"image/{kind}", _srcset(row for row in renditions if row.kind == kind))
            for kind in (Kind.AVIF, Kind.WEBP, Kind.JPEG)
        ),
        sizes=SIZES,
        alt=image.alt,
        is_sensitive=image.is_sensitive,
    )


def _srcset(renditions: Iterable[Rendition]) -> str:
    return ", ".join(f"{media_url(row.file)} {row.width}w" for row in renditions)
