"""What the three readers of file structure (jpeg, png, webp) share."""

from dataclasses import dataclass

MAX_PARTS = 20_000  # segments or chunks; a file of more is made to waste time


class Broken(Exception):
    """The structure of the file is not what its type asks for, or it ends too early."""


class Moving(Exception):
    """The file holds an animation."""


@dataclass(frozen=True, slots=True)
class Container:
    """A file taken apart without decoding anything.

    width and height are pixels as stored (before any turning). besides is everything in it that is
    not pixels; behind is what follows its end though nothing should.
    """

    width: int
    height: int
    besides: bytes
    behind: bytes


def number(data: bytes, at: int, length: int, *, little: bool = False) -> int:
    """The unsigned number in `length` bytes at that place; `Broken` where the file ends before."""
    piece = data[at : at + length]
    if len(piece) != length:
        raise Broken
    return int.from_bytes(piece, "little" if little else "big")
