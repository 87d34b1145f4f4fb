"""The structure of a HEIC photo: ISO/IEC 14496-12 (boxes) and 23008-12 (items and their properties)."""

from collections.abc import Iterator

from clinic_site.images.file_formats.container import (
    MAX_PARTS,
    Broken,
    Container,
    Moving,
    number,
    without_padding,
)

Box = tuple[bytes, bytes]  # its four letters, its body
_STILL = {b"heic", b"heix", b"heim", b"heis"}
_SEQUENCES = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
_AVIF = {b"avif", b"avis"}
_HEAD, _LARGE = 8, 16  # bytes of the head of a box
_FULL = 4  # version and flags, at the start of many a box
_PIXELS = {b"mdat", b"mpvd"}  # the coded picture, and the film of a motion photo


def is_heic(data: bytes) -> bool:
    """Whether the bytes begin as a photo or a burst in HEIC does."""
    brands = _brands(data)
    return bool(brands and brands[0] not in _AVIF and (_STILL | _SEQUENCES) & {*brands})


def read(data: bytes) -> Container:
    """Take a HEIC photo apart; `Broken` unless its boxes are whole, `Moving` for a burst or a film.

    The size is that of the picture shown first; no other one in the file may be larger.
    """
    if _brands(data)[0] in _SEQUENCES:
        raise Moving
    boxes, end = _whole_boxes(data)
    names = [name for name, _ in boxes]
    if b"moov" in names:
        raise Moving
    if names.count(b"meta") != 1:
        raise Broken
    width, height = _size(dict(boxes)[b"meta"], data)
    besides = b"\n".join(name + body for name, body in boxes if name not in _PIXELS)
    film = b"\n".join(body for name, body in boxes if name in _PIXELS)
    return Container(width, height, besides, without_padding(data[end:]), film)


def _brands(data: bytes) -> list[bytes]:
    """What the file says it is, the first brand before those that it also goes by."""
    length = int.from_bytes(data[:4], "big")
    if data[4:8] != b"ftyp" or not _LARGE <= length <= min(len(data), 1024):
        return []
    return [data[8:12], *(data[at : at + 4] for at in range(16, length, 4))]


def _whole_boxes(data: bytes) -> tuple[list[Box], int]:
    """The boxes side by side, and where the last one ends; `Broken` where one that has a name is cut short."""
    boxes: list[Box] = []
    at = 0
    while at + _HEAD <= len(data) and data[at + 4 : at + 8].isalnum():
        if len(boxes) == MAX_PARTS:
            raise Broken
        length, head = number(data, at, 4), _HEAD
        if length == 1:
            length, head = number(data, at + _HEAD, 8), _LARGE
        elif length == 0:
            length = len(data) - at
        if length < head or at + length > len(data):
            raise Broken
        boxes.append((data[at + 4 : at + 8], data[at + head : at + length]))
        at += length
    return boxes, at


def _inside(body: bytes) -> list[Box]:
    boxes, end = _whole_boxes(body)
    if end != len(body):
        raise Broken
    return boxes


def _size(meta: bytes, data: bytes) -> tuple[int, int]:
    parts = dict(_inside(meta[_FULL:]))
    try:
        described = dict(_inside(parts[b"iprp"]))
        properties = _inside(described[b"ipco"])
        shown = number(parts[b"pitm"], _FULL, 4 if parts[b"pitm"][0] else 2)
        own = dict(_associations(described[b"ipma"]))[shown]
        sizes = [_extent(body) for name, body in properties if name == b"ispe"]
        (size,) = {_extent(properties[at][1]) for at in own if properties[at][0] == b"ispe"}
    except (IndexError, KeyError, ValueError):
        raise Broken from None
    sizes += _grids(parts, data)
    if not all(size) or any(wide * high > size[0] * size[1] for wide, high in sizes):
        raise Broken
    return size


def _extent(body: bytes) -> tuple[int, int]:
    return number(body, _FULL, 4), number(body, _FULL + 4, 4)


def _associations(body: bytes) -> Iterator[tuple[int, list[int]]]:
    """Each item with the places of its properties in their box, from 0."""
    number_size, place_size = (4 if body[0] else 2), (2 if body[3] & 1 else 1)
    at = 8
    for _ in range(min(number(body, _FULL, 4), MAX_PARTS)):
        item = number(body, at, number_size)
        count = number(body, at + number_size, 1)
        at += number_size + 1
        mask = (
            1 << (8 * place_size - 1)
        ) - 1  # the first bit says that the property must be understood
        places = [number(body, at + step * place_size, place_size) & mask for step in range(count)]
        yield item, [place - 1 for place in places if place]
        at += count * place_size


def _grids(parts: dict[bytes, bytes], data: bytes) -> Iterator[tuple[int, int]]:
    """How large the pictures are that are put together of tiles, in their own words, which decoders go by."""
    grids = {item for item, kind in _kinds(parts.get(b"iinf", b"")) if kind == b"grid"}
    for item, is_within, start, length in _places(parts.get(b"iloc", b"")):
        if item in grids:
            source = parts.get(b"idat", b"") if is_within else data
            said = source[start : start + length]
            size = 4 if number(said, 1, 1) & 1 else 2
            yield number(said, 4, size), number(said, 4 + size, size)


def _kinds(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Each item with the four letters of its kind."""
    for _, entry in _inside(body[_FULL + (4 if body[:1] > b"\0" else 2) :]):
        size = 4 if entry[:1] > b"\2" else 2
        yield number(entry, _FULL, size), entry[_FULL + size + 2 :][:4]


def _places(body: bytes) -> Iterator[tuple[int, bool, int, int]]:
    """Each item: whether it lies within the box of all that describes it, where it starts, and its length."""
    if not body:
        return
    version = body[0]
    widths = number(body, _FULL, 1), number(body, _FULL + 1, 1)
    of_start, of_length, of_base = widths[0] >> 4, widths[0] & 15, widths[1] >> 4
    of_index = widths[1] & 15 if version else 0
    of_item = 4 if version > 1 else 2
    at = _FULL + 2 + of_item
    for _ in range(min(number(body, _FULL + 2, of_item), MAX_PARTS)):
        item = number(body, at, of_item)
        at += of_item
        is_within = bool(version) and number(body, at, 2) & 15 == 1
        at += (2 if version else 0) + 2
        base, pieces = number(body, at, of_base), number(body, at + of_base, 2)
        at += of_base + 2
        if pieces:
            start = number(body, at + of_index, of_start)
            yield item, is_within, base + start, number(body, at + of_index + of_start, of_length)
        at += min(pieces, MAX_PARTS) * (of_index + of_start + of_length)
