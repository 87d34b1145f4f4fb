"""Why a file is not taken in, in words for the person who chose it."""

from clinic_site.images.upload_limits import MAX_SIDE, most_pixels


class Refused(Exception):
    """The file can't be used. `str()` of it says why, and what to do, in a sentence or two."""


EMPTY = "The file is empty. Choose the picture again."
NOT_KEPT = (
    "The picture could not be kept: the site's disk or its store of pictures does not take it. Choose it again in"
    " a few minutes. If it happens again, tell whoever runs the site."
)
TOO_BIG = "The file is larger than 25 MB. Save a smaller copy (2,400 pixels wide is plenty) and choose that."
BROKEN = (
    "The file is damaged or not complete, so the picture in it can't be read. Choose the original again,"
    " or open it in a photo app and save a new copy."
)
MOVING = "The picture moves. Only still pictures can be used: save one frame of it as PNG or JPEG."
MORE_THAN_A_PICTURE = (
    "There is something else in the file besides the picture. Open it in a photo app, save a new copy as"
    " JPEG or PNG, and choose that."
)
NO_ROOM = (
    "The picture could not be kept: the disk of the site is full or cannot be written to. Nothing is wrong with"
    " the file. Tell whoever runs the site, and choose it again later."
)
UNKNOWN = "The file is not a picture that can be used here. Choose a JPEG, PNG or WebP file."

_SAVE_AS = "Save it as JPEG or PNG and choose that."
# What a file begins with -> what to say. Read in this order.
OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", f"This is a GIF. {_SAVE_AS}"),
    (b"BM", f"This is a BMP picture. {_SAVE_AS}"),
    (b"II*\0", f"This is a TIFF or raw photo. {_SAVE_AS}"),
    (b"MM\0*", f"This is a TIFF or raw photo. {_SAVE_AS}"),
    (b"\0\0\1\0", f"This is an icon file. {_SAVE_AS}"),
    (
        b"%PDF",
        "This is a PDF, not a picture. Save the picture in it as JPEG or PNG and choose that.",
    ),
    (
        b"PK",
        "This is a ZIP or office file, not a picture. Choose the JPEG, PNG or WebP file itself.",
    ),
)
HEIC = (
    "This is a HEIC photo, as iPhones take them. Send it to yourself as JPEG, or set the phone to"
    " Settings > Camera > Formats > Most Compatible, and choose the new copy."
)
AVIF = f"This is an AVIF picture. {_SAVE_AS}"
SVG = "This is an SVG drawing, which can hold programs. Save it as PNG and choose that."
TEXT = "This is a text file or a web page, not a picture. Choose a JPEG, PNG or WebP file."


def too_many_pixels(width: int, height: int, kind: str) -> Refused:
    """The refusal of a picture with more pixels than can be decoded without harm."""
    most = most_pixels(kind)
    if width * height <= most:
        return Refused(
            f"The picture is {width:,} by {height:,} pixels; no side may be longer than {MAX_SIDE:,}."
            " Crop it and choose the new copy."
        )
    return Refused(
        f"The picture is {width:,} by {height:,} pixels, more than {most // 1_000_000} million in all. Save a"
        " smaller copy (2,400 pixels wide is plenty) and choose that."
    )


def other_file(data: bytes) -> Refused:
    """The refusal of a file that is neither JPEG, PNG nor WebP, naming what it seems to be."""
    for start, sentence in OTHER_FILES:
        if data.startswith(start):
            return Refused(sentence)
    brand = data[8:12] if data[4:8] == b"ftyp" else b""
    if brand in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"):
        return Refused(HEIC)
    if brand in (b"avif", b"avis"):
        return Refused(AVIF)
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return Refused(SVG)
    return Refused(TEXT if head.startswith(b"<") or _is_text(data[:1000]) else UNKNOWN)


def _is_text(head: bytes) -> bool:
    return bool(head) and all(byte in b"\t\n\r\f" or 32 <= byte < 127 for byte in head)
