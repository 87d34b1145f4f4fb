"""The bytes of a file decide whether it is decoded at all."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from clinic_site.images import refusing
from clinic_site.images.checking import check
from clinic_site.images.encoding import encode
from clinic_site.images.refusing import Refused
from tests.images.making import (
    chunk,
    claiming,
    drawn,
    jpeg,
    png,
    png_of,
    saved,
    segment,
    webp,
    webp_claiming,
    with_chunks,
    with_segments,
)

MAKERS: dict[str, Callable[..., bytes]] = {"JPEG": jpeg, "PNG": png, "WEBP": webp}


def refusal(data: bytes) -> str:
    """Why the bytes are refused, by the check or while decoding."""
    with pytest.raises(Refused) as caught:
        encode(data)
    return str(caught.value)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_three_kinds_are_taken(kind: str) -> None:
    checked = check(MAKERS[kind](60, 40))
    assert (checked.format, checked.width, checked.height) == (kind, 60, 40)


@pytest.mark.parametrize(
    "data",
    [
        jpeg(progressive=True),
        saved(drawn(mode="L"), "JPEG"),
        saved(drawn(mode="CMYK"), "JPEG"),
        webp(lossless=True),
        webp(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
        png(interlace=1),
    ],
    ids=["progressive", "grey", "cmyk", "lossless", "extended webp", "interlaced"],
)
def test_their_variants_are_taken(data: bytes) -> None:
    assert encode(data).original.width == 600


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == refusing.EMPTY


def test_more_than_5_mb_is_refused_and_5_mb_is_not() -> None:
    small = jpeg(60, 40)
    padded = small + bytes(refusing.MAX_BYTES - len(small))
    assert check(padded).width == 60
    assert refusal(padded + b"\0") == refusing.TOO_BIG


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (saved(drawn(), "GIF"), "This is a GIF."),
        (saved(drawn(), "BMP"), "This is a BMP picture."),
        (saved(drawn(), "TIFF"), "This is a TIFF or raw photo."),
        (saved(drawn(64, 64), "ICO"), "This is an icon file."),
        (saved(drawn(), "PDF"), "This is a PDF"),
        (saved(drawn(), "AVIF"), "This is an AVIF picture."),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "This is a HEIC photo"),
        (b"PK\x03\x04rest of it", "This is a ZIP or office file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is an SVG drawing"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- a --><SVG/>", "This is an SVG drawing"),
        (b"<!doctype html><script>alert(1)</script>", "This is a text file or a web page"),
        (b"alert(1)", "This is a text file or a web page"),
        (b"\x7fELF\x02\x01\x01\0", "not a picture that can be used here"),
        (b"RIFF\x04\0\0\0WAVE", "not a picture that can be used here"),
    ],
)
def test_other_files_are_refused_by_their_name(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data)


def test_every_refusal_says_what_to_do() -> None:
    told = [sentence for _, sentence in refusing.OTHER_FILES]
    told += [
        getattr(refusing, name)
        for name in dir(refusing)
        if name.isupper() and isinstance(getattr(refusing, name), str)
    ]
    told += [str(refusing.too_many_pixels(*size)) for size in ((50_000, 50_000), (20_000, 2))]
    for sentence in told:
        assert any(verb in sentence for verb in ("Choose", "choose", "Save", "save"))


# Bombs: the header is believed before a pixel is decoded


@pytest.mark.parametrize(
    "data",
    [
        png_of(50_000, 50_000, rows=b"\0" * 1000),
        png_of(2**31 - 1, 2**31 - 1),
        claiming(jpeg(), 50_000, 50_000),
        webp_claiming(16_384, 16_384),
    ],
    ids=["png", "largest png", "jpeg", "webp"],
)
def test_a_bomb_is_refused_by_its_header(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("it was opened"))
    assert "more than 24 million" in refusal(data)


def test_24_megapixels_are_taken_and_one_row_more_is_not() -> None:
    assert check(png_of(6000, 4000)).width == 6000
    assert "6,000 by 4,001 pixels, more than 24 million" in refusal(png_of(6000, 4001))


def test_a_ribbon_is_refused() -> None:
    assert "no side may be longer than 16,000" in refusal(png_of(16_001, 1))


def test_a_header_that_claims_fewer_pixels_than_come_is_no_way_in() -> None:
    data = claiming(jpeg(600, 400), 8, 8)
    assert encode(data).original.width == 8


def test_a_jpeg_with_a_second_frame_is_refused() -> None:
    data = jpeg(60, 40)
    at = data.index(b"\xff\xc0")
    frame = data[at : at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]]
    assert refusal(data[:at] + frame + data[at:]) == refusing.BROKEN


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    data = jpeg(60, 40, progressive=True)
    at = data.index(b"\xff\xda")
    assert refusal(data[:at] + data[at:-2] * 60 + data[-2:]) == refusing.BROKEN


@pytest.mark.parametrize("body", [segment(0xFE, b""), b"\xff"], ids=["segments", "padding"])
def test_a_jpeg_of_nothing_but_structure_is_refused(body: bytes) -> None:
    data = b"\xff\xd8" + body * (5_000_000 // len(body)) + b"\xff\xd9"
    assert refusal(data) == refusing.BROKEN


def test_a_million_small_jpegs_behind_one_are_refused() -> None:
    data = jpeg(60, 40) + b"\xff\xd8\xff\xd9" * 1_000_000
    assert refusal(data) == refusing.MORE_THAN_A_PICTURE


def test_compressed_text_in_a_png_is_never_unpacked() -> None:
    bomb = b"note\0\0" + zlib.compress(b"a" * 50_000_000)
    assert encode(with_chunks(png(60, 40), chunk(b"zTXt", bomb))).original.width == 60


def test_a_colour_profile_that_unpacks_to_much_is_refused() -> None:
    bomb = b"icc\0\0" + zlib.compress(b"a" * 50_000_000)
    assert refusal(with_chunks(png(60, 40), chunk(b"iCCP", bomb))) == refusing.BROKEN


# Animation


def test_an_animated_png_is_refused() -> None:
    frames = [drawn(40, 30), drawn(40, 30).transpose(Image.Transpose.ROTATE_180)]
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert refusal(data) == refusing.MOVING


def test_an_animated_webp_is_refused() -> None:
    frames = [drawn(40, 30), drawn(40, 30).transpose(Image.Transpose.ROTATE_180)]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert refusal(data) == refusing.MOVING


# More than a picture


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return buffer.getvalue()


TAILS = {
    "script": b"<script>alert(1)</script>",
    "javascript": b"*/=alert(1)/*",
    "html": b"<html><body>",
    "php": b"<?php system($_GET['c']);",
    "zip": _zip(),
    "pdf": saved(drawn(), "PDF"),
    "gif": saved(drawn(), "GIF"),
    "bytes": b"\x01",
}


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("kind", MAKERS)
def test_a_tail_is_refused(kind: str, tail: str) -> None:
    assert refusal(MAKERS[kind](60, 40) + TAILS[tail]) == refusing.MORE_THAN_A_PICTURE


@pytest.mark.parametrize("inside", ["script", "html", "php", "zip", "pdf", "gif"])
@pytest.mark.parametrize("kind", MAKERS)
def test_a_stowaway_in_the_metadata_is_refused(kind: str, inside: str) -> None:
    body = TAILS[inside][:60_000]
    data = MAKERS[kind](60, 40)
    if kind == "JPEG":
        data = with_segments(data, segment(0xFE, body))
    elif kind == "PNG":
        data = with_chunks(data, chunk(b"tEXt", b"Comment\0" + body))
    else:
        extra = b"XMP " + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        data = b"RIFF" + struct.pack("<I", len(data) - 8 + len(extra)) + data[8:] + extra
    assert refusal(data) == refusing.MORE_THAN_A_PICTURE


def test_a_jpeg_whose_first_bytes_open_a_script_comment_is_refused() -> None:
    body = b"JFIF\0" + b"\n" * (0x2F2A - 2 - 5 - 14) + b"*/=alert(1)/*\0"
    data = jpeg(60, 40)
    assert refusal(b"\xff\xd8" + segment(0xE0, body) + data[2:]) == refusing.MORE_THAN_A_PICTURE


@pytest.mark.parametrize(
    "head", [b"GIF89a/*", b"%PDF-1.4\n", b"PK\x03\x04", b"<script>", b"\0" * 4, b"\n"]
)
@pytest.mark.parametrize("kind", MAKERS)
def test_a_head_before_the_picture_is_refused(kind: str, head: bytes) -> None:
    assert refusal(head + MAKERS[kind](60, 40))


# What cameras and phones do


def test_the_gain_map_behind_a_phone_photo_is_let_go() -> None:
    assert encode(jpeg(60, 40) + jpeg(30, 20) + b"\0" * 64).original.width == 60


def test_the_trailer_of_a_samsung_photo_is_let_go() -> None:
    trailer = (
        b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1700000000000SEFH\x6b\0\0\0\x01\0\0\0\x18\0\0\0SEFT"
    )
    assert encode(jpeg(60, 40) + trailer).original.width == 60


def test_a_stowaway_in_such_a_trailer_is_refused() -> None:
    trailer = b"\0\0SEFH<script>alert(1)</script>SEFT"
    assert refusal(jpeg(60, 40) + trailer) == refusing.MORE_THAN_A_PICTURE


# Damaged


@pytest.mark.parametrize("kind", MAKERS)
def test_a_file_cut_short_anywhere_is_refused(kind: str) -> None:
    data = MAKERS[kind](200, 150)
    places = random.Random(7).sample(range(1, len(data)), min(30, len(data) - 1))
    for place in [*places, len(data) - 1]:
        assert refusal(data[:place])


@pytest.mark.parametrize(
    "data",
    [
        png_of(60, 40, rows=b"\0" * 10),
        png_of(60, 40, depth=3),
        png_of(60, 40, colour=5),
        png_of(0, 40),
        png(60, 40)[:33] + chunk(b"IEND", b""),
        png(60, 40)[:-5] + b"\0" + png(60, 40)[-4:],
        png(60, 40)[:8] + chunk(b"IEND", b""),
        claiming(jpeg(), 0, 40),
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe0\0\x01\xff\xd9",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x04\0\0\0WEBP",
        b"RIFF\xff\xff\xff\xffWEBP",
        b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0",
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    assert refusal(data) == refusing.BROKEN


@pytest.mark.parametrize("kind", MAKERS)
def test_one_changed_byte_never_raises_anything_else(kind: str) -> None:
    data, dice = MAKERS[kind](60, 40), random.Random(11)
    for _ in range(60):
        changed = bytearray(data)
        changed[dice.randrange(len(data))] = dice.randrange(256)
        _encode_or_refuse(bytes(changed))


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8L"]),
    rest=st.binary(max_size=300),
)
def test_any_bytes_are_taken_or_refused(start: bytes, rest: bytes) -> None:
    _encode_or_refuse(start + rest)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(sorted(MAKERS)),
    places=st.lists(
        st.tuples(st.integers(0, 10**6), st.binary(min_size=0, max_size=8)), max_size=6
    ),
)
def test_any_damage_is_taken_or_refused(kind: str, places: list[tuple[int, bytes]]) -> None:
    data = MAKERS[kind](40, 30)
    for place, piece in places:
        at = place % len(data)
        data = data[:at] + piece + data[at + 2 :]
    _encode_or_refuse(data)


def _encode_or_refuse(data: bytes) -> None:
    try:
        encoded = encode(data)
    except Refused as refused:
        assert len(str(refused)) > 20
    else:
        assert encoded.renditions
