"""What the three readers of file structure (jpeg, png, webp) share."""

import re
from dataclasses import dataclass

_PADDING, _FILL = b"\0\t\n\r ", b"\xff"
_PRINTED = re.compile(rb"[\x20-\x7e]")
_JPEG = b"\xff\xd8"
_MOST_STRAY = 64  # bytes without meaning behind a picture
MAX_PARTS = 20_000  # segments or chunks; a file of more is made to waste time


class Broken(Exception):
    """The structure of the file is not what its type asks for, or it ends too early."""


class Moving(Exception):
    """The file holds an animation."""


@dataclass(frozen=True, slots=True)
class Container:
    """A file taken apart without decoding anything.

    width and height are pixels as stored (before any turning). besides is everything in it that is
    not pixels; film is what moves in it, which is let go; behind is what follows its end though
    nothing should.
    """

    width: int
    height: int
    besides: bytes
    behind: bytes
    film: bytes = b""


def without_padding(data: bytes) -> bytes:
    """What follows a picture, without what some programs fill up with: zeros, blanks, line ends, FF.

    A few bytes that are no letters mean nothing either.
    """
    rest = data.strip(_PADDING)
    is_short = len(rest) <= _MOST_STRAY and not _PRINTED.search(rest)
    means_nothing = not rest.startswith(_JPEG) and (is_short or not rest.strip(_PADDING + _FILL))
    return b"" if means_nothing else rest


def number(data: bytes, at: int, length: int, *, little: bool = False) -> int:
    """The unsigned number in `length` bytes at that place; `Broken` where the file ends before."""
    piece = data[at : at + length]
    if len(piece) != length:
        raise Broken
    return int.from_bytes(piece, "little" if little else "big")
