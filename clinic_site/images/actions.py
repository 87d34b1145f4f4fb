"""The verbs that write images: each names who does it; files are on the disk before their rows are."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from clinic_site.images import files
from clinic_site.images.cropping import Crop
from clinic_site.images.encoding import Encoded, File, encode
from clinic_site.images.models import Image, Rendition
from clinic_site.images.usage import ImageUse, uses_of
from clinic_site.pagecache.stamp import pages_changed

KEEP_REPLACED = timedelta(days=30)  # as long as somebody's cache may hold a page of before
KEEP_STRAY = timedelta(days=1)  # longer than any upload takes


class ImageInUse(Exception):
    """Pages show the image, so it can't be deleted. `uses` says which."""

    def __init__(self, uses: tuple[ImageUse, ...]) -> None:
        names = ", ".join(f"“{use.title}” ({use.state})" for use in uses)
        super().__init__(f"The image is used in {names}. Take it out there first, or replace it.")
        self.uses = uses


def upload(
    *,
    data: bytes,
    alt: str,
    is_decorative: bool = False,
    is_sensitive: bool = False,
    title: str = "",
    by: User,
    waits: bool = True,
) -> Image:
    """A new image of the library. `Refused` for a bad file, `ValidationError` for bad words.

    `Busy` where another picture is at work, and the sender rather waits themselves.
    """
    image = Image(
        title=_one_line(title),
        alt=_one_line(alt),
        is_decorative=is_decorative,
        is_sensitive=is_sensitive,
        uploaded_by=by,
    )
    image.clean_fields(exclude=["original", "width", "height", "sha256"])
    return _kept(image, encode(data, waits=waits))


def replace(*, image: Image, data: bytes, by: User, waits: bool = True) -> Image:
    """Another picture under the same number and words. `Refused` for a bad file; `Busy` as in `upload`.

    The files of the picture before stay until `prune` finds them 30 days old.
    """
    encoded = encode(data, waits=waits)
    with files.written((encoded.original, *encoded.renditions)) as names, transaction.atomic():
        current: Image = Image.objects.select_for_update().get(pk=image.pk)
        former, now = str(current.original.name), timezone.now()
        current.renditions.filter(retired_at=None).update(retired_at=now)
        current.version += 1
        current.replaced_at, current.replaced_by = now, by
        _take(current, encoded, names)
        current.full_clean()
        current.save()
        _add_renditions(current, encoded, names)
        pages_changed()
        transaction.on_commit(lambda: files.remove([former]), robust=True)
    return current


def crop(*, image: Image, to: Crop, by: User) -> Image:
    """A part of an image as an image of its own, with the same words. Pages go on showing the whole one."""
    with image.original.open() as file:
        encoded = encode(file.read(), to=to)
    part = Image(
        title=image.title,
        alt=image.alt,
        is_decorative=image.is_decorative,
        is_sensitive=image.is_sensitive,
        uploaded_by=by,
    )
    return _kept(part, encoded)


@transaction.atomic
def describe(
    *, image: Image, title: str, alt: str, is_decorative: bool, is_sensitive: bool, by: User
) -> Image:
    """Other words for an image, or other marks on it. `ValidationError` when they don't go together."""
    current: Image = Image.objects.select_for_update().get(pk=image.pk)
    current.title, current.alt = _one_line(title), _one_line(alt)
    current.is_decorative, current.is_sensitive = is_decorative, is_sensitive
    current.full_clean()
    current.save(update_fields=["title", "alt", "is_decorative", "is_sensitive"])
    pages_changed()
    return current


@transaction.atomic
def delete(*, image: Image, by: User) -> None:
    """Remove an image and all its files for good; `ImageInUse` while a page shows or will show it."""
    current: Image = Image.objects.select_for_update().get(pk=image.pk)
    uses = uses_of(current.pk)
    if uses:
        raise ImageInUse(uses)
    names = [current.original.name, *current.renditions.values_list("file", flat=True)]
    current.delete()
    pages_changed()
    transaction.on_commit(lambda: files.remove(names), robust=True)  # else `prune` does


def file_names() -> set[str]:
    """Every stored file that belongs to an image, of former versions too."""
    renditions = Rendition.objects.values_list("file", flat=True)
    return {*renditions, *Image.objects.values_list("original", flat=True)}


def prune(*, now: datetime | None = None) -> int:
    """Remove the files of pictures replaced 30 days ago, and what killed uploads left; how many."""
    retired = Rendition.objects.retired_before((now or timezone.now()) - KEEP_REPLACED)
    names = list(retired.values_list("file", flat=True))
    Rendition.objects.filter(file__in=names).delete()
    stray = files.stray(known=file_names(), before=KEEP_STRAY)
    names += [name for name in stray if name not in names]
    files.remove(names)
    return len(names)


def _kept(image: Image, encoded: Encoded) -> Image:
    """The new image with its files."""
    with files.written((encoded.original, *encoded.renditions)) as names, transaction.atomic():
        _take(image, encoded, names)
        image.full_clean()
        image.save()
        _add_renditions(image, encoded, names)
        pages_changed()  # a page may have asked for this number before there was a picture
    return image


def _take(image: Image, encoded: Encoded, names: Mapping[File, str]) -> None:
    image.original.name = names[encoded.original]
    image.width, image.height = encoded.original.width, encoded.original.height
    image.sha256 = encoded.sha256


def _add_renditions(image: Image, encoded: Encoded, names: Mapping[File, str]) -> None:
    Rendition.objects.bulk_create(
        Rendition(
            image=image,
            version=image.version,
            kind=file.kind,
            width=file.width,
            height=file.height,
            file=names[file],
            size=len(file.data),
        )
        for file in encoded.renditions
    )


def _one_line(words: str) -> str:
    return " ".join(words.split())
