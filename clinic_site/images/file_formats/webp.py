"""The structure of a WebP file: RFC 9649 (RIFF container, VP8, VP8L and VP8X chunks)."""

from collections.abc import Iterator

from clinic_site.images.file_formats.container import (
    MAX_PARTS,
    Broken,
    Container,
    Moving,
    number,
    without_padding,
)

_PIXELS = {b"VP8 ", b"VP8L", b"ALPH"}
_MOVING = {b"ANIM", b"ANMF"}
_MOVES = {bytes((flags,)) for flags in range(256) if flags & 0b10}  # VP8X with its flag A


def is_webp(data: bytes) -> bool:
    """Whether the bytes begin as a WebP file does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def read(data: bytes) -> Container:
    """Take a WebP apart; `Broken` unless every chunk is whole, `Moving` for an animation."""
    end = 8 + number(data, 4, 4, little=True)
    chunks = list(_chunks(data, end))
    if any(name in _MOVING or (name == b"VP8X" and body[:1] in _MOVES) for name, body in chunks):
        raise Moving
    besides = [name + body for name, body in chunks if name not in _PIXELS]
    return Container(*_size(chunks), b"\n".join(besides), without_padding(data[end:]))


def _chunks(data: bytes, end: int) -> Iterator[tuple[bytes, bytes]]:
    """The chunks as (name, body) up to that end; `Broken` when one is not whole."""
    if end > len(data):
        raise Broken
    at = 12
    for _ in range(MAX_PARTS):
        if at >= end:
            return
        length = number(data, at + 4, 4, little=True)
        if at + 8 + length > end:
            raise Broken
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    raise Broken


def _size(chunks: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    """Width and height from the pixels' own header; the canvas of VP8X must be the same."""
    sizes = {_HEADERS[name](body) for name, body in chunks if name in _HEADERS}
    if len(sizes) != 1 or not any(name in (b"VP8 ", b"VP8L") for name, _ in chunks):
        raise Broken
    width, height = sizes.pop()
    if not width or not height:
        raise Broken
    return width, height


def _lossy(body: bytes) -> tuple[int, int]:
    if body[3:6] != b"\x9d\x01\x2a":
        raise Broken
    width, height = number(body, 6, 2, little=True), number(body, 8, 2, little=True)
    return width & 0x3FFF, height & 0x3FFF


def _lossless(body: bytes) -> tuple[int, int]:
    bits = number(body, 1, 4, little=True)
    if body[:1] != b"\x2f":
        raise Broken
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _canvas(body: bytes) -> tuple[int, int]:
    return number(body, 4, 3, little=True) + 1, number(body, 7, 3, little=True) + 1


_HEADERS = {b"VP8 ": _lossy, b"VP8L": _lossless, b"VP8X": _canvas}
