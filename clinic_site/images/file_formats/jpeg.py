"""The structure of a JPEG file: ITU-T T.81, annex B (markers, segments, entropy-coded data)."""

import re
from collections.abc import Iterator

from clinic_site.images.file_formats.container import (
    MAX_PARTS,
    Broken,
    Container,
    number,
    without_padding,
)
from clinic_site.images.file_formats.film import split_film

MAGIC = b"\xff\xd8\xff"
_START, _END = b"\xff\xd8", b"\xff\xd9"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15 without DHT, JPG, DAC
_FRAMES_THAT_ARE_PICTURES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive
_TABLES = {0xC4, 0xDB, 0xDD}  # Huffman, quantisation, restart interval
_SCAN, _IS_END = 0xDA, 0xD9
_MOST_SCANS = 40  # each is a pass over all pixels; cameras and programs write ten or so
_MOST_FURTHER = 4  # JPEGs behind the first

_MARKER = re.compile(rb"\xff+([\xc0-\xcf\xd9-\xfe])")
_NEXT_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")


def read(data: bytes) -> Container:
    """Take a JPEG apart; `Broken` unless every segment is whole and the end is there."""
    size, end, besides = (0, 0), len(_START), []
    for code, at, end in _segments(data):
        body = data[at + 2 : end]
        if code in _FRAMES:
            size = _frame(code, body, size)
        if not _is_needed(code):
            besides.append(body)
    if not size[0]:
        raise Broken
    found, film, behind = _behind(data[end + len(_END) :])
    return Container(*size, b"\n".join((*besides, *found)), behind, film)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The segments of a JPEG as (marker, start after the marker, end), without its start and end.

    `Broken` when one is not whole, the end is missing, or there are so many that decoding a small
    file would keep the machine busy for minutes. The end marker must follow the last one at once.
    """
    end, scans = len(_START), 0
    for _ in range(MAX_PARTS):
        found = _MARKER.match(data, end)
        if found is None:
            raise Broken
        code, at = found[1][0], found.end()
        if code == _IS_END:
            return
        length = number(data, at, 2)
        end = at + length
        scans += code == _SCAN
        if length < 2 or end > len(data) or scans > _MOST_SCANS:
            raise Broken
        if code == _SCAN:
            end = _scan_end(data, end)
        yield code, at, end
    raise Broken


def _scan_end(data: bytes, at: int) -> int:
    """Where the entropy-coded data ends: at a marker that is neither a restart nor a stuffed FF."""
    found = _NEXT_MARKER.search(data, at)
    if found is None:
        raise Broken
    return found.end() - 2


def _frame(code: int, body: bytes, size: tuple[int, int]) -> tuple[int, int]:
    """The width and height of the one frame that a picture has."""
    height, width = number(body, 1, 2), number(body, 3, 2)
    if size[0] or code not in _FRAMES_THAT_ARE_PICTURES or not width or not height:
        raise Broken
    return width, height


def _is_needed(code: int) -> bool:
    return code in _FRAMES or code in _TABLES or code == _SCAN


def _behind(data: bytes) -> tuple[list[bytes], bytes, bytes]:
    """What follows the end of the picture: (what cameras put there, their film, what nothing explains).

    Phones append a gain map or a depth map as a JPEG of its own, the film of a motion photo, Samsung a trailer
    between the names SEFH and SEFT, and some pad.
    """
    rest, found = data, []
    for _ in range(_MOST_FURTHER):
        further = without_padding(rest)
        if not further.startswith(MAGIC):
            break
        try:
            segments = list(_segments(further))
        except Broken:
            break
        found += [further[at + 2 : end] for code, at, end in segments if not _is_needed(code)]
        rest = further[(segments[-1][2] if segments else len(_START)) + len(_END) :]
    before, film, after = split_film(rest)  # its first and last bytes may look like padding
    before, after = without_padding(before), without_padding(after)
    if after.endswith(b"SEFT") and b"SEFH" in after:
        return [*found, before, after], film, b""
    return found, film, before + after
