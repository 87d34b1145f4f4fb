"""The structure of a PNG file: W3C PNG, third edition (chunks, their order, their checksums)."""

from collections.abc import Iterator
from zlib import crc32

from clinic_site.images.file_formats.container import (
    MAX_PARTS,
    Broken,
    Container,
    Moving,
    number,
    without_padding,
)

MAGIC = b"\x89PNG\r\n\x1a\n"
_PIXELS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"}
_MOVING = {b"acTL", b"fcTL", b"fdAT"}
# Colour type -> bit depths that it may have
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}


def read(data: bytes) -> Container:
    """Take a PNG apart; `Broken` unless every chunk is whole and ends in IEND, `Moving` for APNG."""
    chunks = list(_chunks(data))
    names = {name for name, _, _ in chunks}
    if names & _MOVING:
        raise Moving
    if b"IDAT" not in names:
        raise Broken
    besides = [name + body for name, body, _ in chunks if name not in _PIXELS]
    end = chunks[-1][2]
    return Container(*_size(data), b"\n".join(besides), without_padding(data[end:]))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """The chunks as (name, body, end), from IHDR to IEND; `Broken` when one is not whole."""
    at = len(MAGIC)
    for count in range(MAX_PARTS):
        length = number(data, at, 4)
        end = at + 12 + length
        name, body = data[at + 4 : at + 8], data[at + 8 : end - 4]
        if (count == 0) != (name == b"IHDR") or end > len(data):
            raise Broken
        if number(data, end - 4, 4) != crc32(body, crc32(name)):
            raise Broken
        yield name, body, end
        at = end
        if name == b"IEND":
            return
    raise Broken


def _size(data: bytes) -> tuple[int, int]:
    """Width and height from the header, whose depth and colour type must fit together."""
    width, height = number(data, 16, 4), number(data, 20, 4)
    depth, colour = data[24], data[25]
    if number(data, 8, 4) != 13 or depth not in _DEPTHS.get(colour, ()) or not width or not height:
        raise Broken
    return width, height
