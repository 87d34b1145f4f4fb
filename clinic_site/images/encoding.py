"""A checked file into clean ones: a copy to keep, and renditions in every type and width. Pure.

Only pixels are carried over: turned upright, in sRGB, on white where they were see-through. No
metadata of the upload is in any output.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from clinic_site.images.cropping import Crop
from clinic_site.images.decoding import decode
from clinic_site.images.upload_validation import check

KEPT_WIDTH = 2400  # pixels, of the copy that is kept
WIDTHS = (480, 960, 1600)
ENCODERS: dict[str, dict[str, object]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 8},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
_KEPT_AS: dict[str, tuple[str, dict[str, object]]] = {
    "JPEG": ("jpg", {"format": "JPEG", "quality": 92, "optimize": True}),
    "PNG": ("png", {"format": "PNG", "compress_level": 3}),
    "HEIF": ("jpg", {"format": "JPEG", "quality": 92, "optimize": True}),
    "WEBP": ("webp", {"format": "WEBP", "quality": 92, "method": 4}),
}
_ONE_AT_A_TIME = threading.Lock()  # a big picture takes 300 MB of memory


@dataclass(frozen=True, slots=True)
class File:
    """One finished file: what is in it, how its name ends, its size in pixels.

    kind is that of a rendition, "avif", "webp" or "jpeg"; empty for the copy that is kept.
    """

    data: bytes
    ending: str
    kind: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """What to store it under: 16 hexadecimal digits of the SHA-256 of its content."""
        kept = "" if self.kind else "kept-"
        return f"{kept}{hashlib.sha256(self.data).hexdigest()[:16]}.{self.ending}"


@dataclass(frozen=True, slots=True)
class Encoded:
    """All that is stored of an upload; sha256 is of the upload itself."""

    original: File
    renditions: tuple[File, ...]
    sha256: str


class Busy(Exception):
    """Another picture is being worked on in this process."""


def encode(data: bytes, *, waits: bool = True, to: Crop | None = None) -> Encoded:
    """Check, decode and re-encode an upload; `Refused` when it is not a whole picture.

    Takes up to a few seconds and 300 MB, one picture at a time in a process. Where another one is at work, this
    waits for it, or raises `Busy`: whoever sent it then waits, and holds up nobody. `to`: the part to keep.
    """
    checked = check(data)
    with turn(waits):
        picture = decode(checked, widest=KEPT_WIDTH)
        if to:
            picture = picture.crop(to.box(*picture.size))
        ending, options = _KEPT_AS[checked.format]
        return Encoded(
            original=_file(picture, ending, "", options),
            renditions=tuple(_renditions(picture)),
            sha256=hashlib.sha256(data).hexdigest(),
        )


def cropped_jpeg(data: bytes, to: Crop) -> bytes:
    """A part of one of our own small files, to look at."""
    picture = decode(check(data), widest=KEPT_WIDTH)
    return _file(picture.crop(to.box(*picture.size)), "jpg", "jpeg", ENCODERS["jpeg"]).data


@contextmanager
def turn(waits: bool) -> Iterator[None]:
    """The one turn of this process to work on a picture; `Busy` where somebody else has it and this doesn't wait."""
    if not _ONE_AT_A_TIME.acquire(blocking=waits):
        raise Busy
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def widths_for(width: int) -> list[int]:
    """The widths to make of a picture: never wider than it is, small ones first."""
    return sorted({min(width, wanted) for wanted in WIDTHS})


def _renditions(picture: Image.Image) -> Iterator[File]:
    for width in widths_for(picture.width):
        height = max(1, round(picture.height * width / picture.width))
        scaled = picture.resize((width, height), Image.Resampling.LANCZOS)
        for kind, options in ENCODERS.items():
            yield _file(scaled, "jpg" if kind == "jpeg" else kind, kind, options)


def _file(picture: Image.Image, ending: str, kind: str, options: dict[str, object]) -> File:
    picture.info.clear()  # encoders take comments and profiles from there
    buffer = BytesIO()
    picture.save(buffer, **options)  # type: ignore[arg-type]  # its keywords depend on the format
    return File(buffer.getvalue(), ending, kind, picture.width, picture.height)
