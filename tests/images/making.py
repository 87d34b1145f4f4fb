"""Pictures for tests, made by the means that their makers would use, and some that nobody should make."""

import struct
import zlib
from io import BytesIO

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def drawn(width: int = 600, height: int = 400, mode: str = "RGB") -> Image.Image:
    """A picture that is red on its left half and blue on its right, so that turning it shows."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The bytes of a file of this kind."""
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(width: int = 600, height: int = 400, **options: object) -> bytes:
    return saved(drawn(width, height), "JPEG", **options)


def png(width: int = 600, height: int = 400, mode: str = "RGB", **options: object) -> bytes:
    return saved(drawn(width, height, mode), "PNG", **options)


def webp(width: int = 600, height: int = 400, **options: object) -> bytes:
    return saved(drawn(width, height), "WEBP", **options)


def segment(code: int, body: bytes) -> bytes:
    """A JPEG segment."""
    return bytes((0xFF, code)) + struct.pack(">H", len(body) + 2) + body


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """A JPEG with more segments right after its start."""
    return data[:2] + b"".join(segments) + data[2:]


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def with_chunks(data: bytes, *chunks: bytes) -> bytes:
    """A PNG with more chunks right after its header."""
    return data[:33] + b"".join(chunks) + data[33:]


def png_of(width: int, height: int, *, depth: int = 8, colour: int = 2, rows: bytes = b"") -> bytes:
    """A PNG by hand: a header that claims what it likes, over these rows."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def claiming(data: bytes, width: int, height: int) -> bytes:
    """A JPEG whose frame header claims another size."""
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def webp_claiming(width: int, height: int) -> bytes:
    """A lossless WebP whose header claims another size (at most 16,384 a side)."""
    data = bytearray(webp(40, 30, lossless=True))
    at = data.index(b"VP8L") + 9
    bits = (width - 1) | (height - 1) << 14
    data[at : at + 4] = struct.pack("<I", bits)
    return bytes(data)
