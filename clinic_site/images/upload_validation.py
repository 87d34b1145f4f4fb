"""Decides from the bytes alone whether a file is a picture that may be decoded. Pure; decodes nothing.

The name of the file and the type that the browser claims are never looked at.
"""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from clinic_site.images.file_formats import heic, heic_decoder, jpeg, png, webp
from clinic_site.images.file_formats.container import Broken, Container, Moving
from clinic_site.images.upload_errors import (
    BROKEN,
    EMPTY,
    MORE_THAN_A_PICTURE,
    MOVING,
    TOO_BIG,
    Refused,
    other_file,
    too_many_pixels,
)
from clinic_site.images.upload_limits import MAX_BYTES, MAX_SIDE, most_pixels

# What programs, pages and archives begin with; looked for, in small letters, outside the pixels.
FOREIGN = (
    b"<!doctype",
    b"<?php",
    b"<html",
    b"<iframe",
    b"<script",
    b"<svg",
    b"%pdf-",
    b"gif87a",
    b"gif89a",
    b"javascript:",
    b"pk\x03\x04",
    b"pk\x05\x06",
    b"rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
)
BY_CHANCE = 4
_SVG = re.compile(rb"<svg[\s>/]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be decoded: JPEG, PNG, WEBP or HEIF, its size in pixels, and its bytes."""

    format: str
    width: int
    height: int
    data: bytes


def check(data: bytes) -> Checked:
    """The picture in these bytes; `Refused` says what is wrong with them and what to do."""
    if not data:
        raise Refused(EMPTY)
    if len(data) > MAX_BYTES:
        raise Refused(TOO_BIG)
    name, container = _container(data)
    width, height = container.width, container.height
    if width * height > most_pixels(name) or max(width, height) > MAX_SIDE:
        raise too_many_pixels(width, height, name)
    if (
        container.behind
        or _has_a_stowaway(container.film)
        or _is_something_else_too(data, container.besides.lower())
    ):
        raise Refused(MORE_THAN_A_PICTURE)
    return Checked(name, width, height, data)


def _container(data: bytes) -> tuple[str, Container]:
    try:
        if data.startswith(jpeg.MAGIC):
            return "JPEG", jpeg.read(data)
        if data.startswith(png.MAGIC):
            return "PNG", png.read(data)
        if webp.is_webp(data):
            return "WEBP", webp.read(data)
        if heic_decoder.READS_HEIC and heic.is_heic(data):
            return "HEIF", heic.read(data)
    except Broken:
        raise Refused(BROKEN) from None
    except Moving:
        raise Refused(MOVING) from None
    raise other_file(data)


def _has_a_stowaway(film: bytes) -> bool:
    """Whether a film that will be let go holds a page or a program. Four bytes come about by chance in a long one."""
    low = film.lower()
    return any(start in low for start in FOREIGN if len(start) > BY_CHANCE) or bool(
        _SVG.search(low)
    )


def _is_something_else_too(data: bytes, besides: bytes) -> bool:
    """Whether another program would take the file for one of its own: a page, a script, an archive.

    The length of a JPEG's first segment, read as text, can open a comment in JavaScript.
    """
    return (
        any(start in besides for start in FOREIGN)
        or data[4:6] in (b"/*", b"//")
        or zipfile.is_zipfile(BytesIO(data))
    )
