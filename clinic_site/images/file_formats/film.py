"""The film behind a motion photo: ISO/IEC 14496-12 (boxes), found and measured without reading what it shows."""

from clinic_site.images.file_formats.container import MAX_PARTS

_FIRST = b"ftyp"
# The boxes that a film of a phone has side by side; mpvd holds one within HEIC
_BOXES = {
    b"free",
    b"ftyp",
    b"mdat",
    b"meta",
    b"mfra",
    b"moof",
    b"moov",
    b"mpvd",
    b"pdin",
    b"sidx",
    b"skip",
    b"styp",
    b"udta",
    b"uuid",
    b"wide",
}
_LARGE = 16  # bytes of the head of a box that says its length in eight bytes


def split_film(data: bytes) -> tuple[bytes, bytes, bytes]:
    """(what stands before the film, the film, what follows it); the film is empty where there is none."""
    at = data.find(_FIRST) - 4
    if at < 0:
        return b"", b"", data
    end = _end_of_boxes(data, at)
    if end == at or b"moov" not in data[at:end] and b"moof" not in data[at:end]:
        return b"", b"", data
    return data[:at], data[at:end], data[end:]


def _end_of_boxes(data: bytes, at: int) -> int:
    """Where the last whole box of the row that starts there ends."""
    for _ in range(MAX_PARTS):
        length = int.from_bytes(data[at : at + 4], "big")
        head = 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + _LARGE], "big"), _LARGE
        elif length == 0:
            length = len(data) - at
        if data[at + 4 : at + 8] not in _BOXES or length < head or at + length > len(data):
            break
        at += length
    return at
