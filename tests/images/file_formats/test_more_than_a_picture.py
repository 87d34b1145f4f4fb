"""Uploads that are more, or less, than one picture: animations, stowaways, cut-short and damaged files."""

import io
import random
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from clinic_site.images import upload_errors
from clinic_site.images.encoding import encode
from clinic_site.images.upload_errors import Refused
from tests.at_length import examples
from tests.images.file_formats.test_upload_validation import MAKERS, refusal
from tests.images.making import (
    chunk,
    claiming,
    drawn,
    jpeg,
    png,
    png_of,
    saved,
    segment,
    with_chunks,
    with_segments,
)


def test_an_animated_png_is_refused() -> None:
    frames = [drawn(40, 30), drawn(40, 30).transpose(Image.Transpose.ROTATE_180)]
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert refusal(data) == upload_errors.MOVING


def test_an_animated_webp_is_refused() -> None:
    frames = [drawn(40, 30), drawn(40, 30).transpose(Image.Transpose.ROTATE_180)]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert refusal(data) == upload_errors.MOVING


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
    "bytes": bytes(range(1, 128)),
}


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("kind", MAKERS)
def test_a_tail_is_refused(kind: str, tail: str) -> None:
    assert refusal(MAKERS[kind](60, 40) + TAILS[tail]) == upload_errors.MORE_THAN_A_PICTURE


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
    assert refusal(data) == upload_errors.MORE_THAN_A_PICTURE


def test_a_jpeg_whose_first_bytes_open_a_script_comment_is_refused() -> None:
    body = b"JFIF\0" + b"\n" * (0x2F2A - 2 - 5 - 14) + b"*/=alert(1)/*\0"
    data = jpeg(60, 40)
    assert (
        refusal(b"\xff\xd8" + segment(0xE0, body) + data[2:]) == upload_errors.MORE_THAN_A_PICTURE
    )


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
    assert refusal(jpeg(60, 40) + trailer) == upload_errors.MORE_THAN_A_PICTURE


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
    assert refusal(data) == upload_errors.BROKEN


@pytest.mark.parametrize("kind", MAKERS)
def test_one_changed_byte_never_raises_anything_else(kind: str) -> None:
    data, dice = MAKERS[kind](60, 40), random.Random(11)
    for _ in range(60):
        changed = bytearray(data)
        changed[dice.randrange(len(data))] = dice.randrange(256)
        _encode_or_refuse(bytes(changed))


@settings(max_examples=examples(150), deadline=None)
@given(
    start=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8L"]),
    rest=st.binary(max_size=300),
)
def test_any_bytes_are_taken_or_refused(start: bytes, rest: bytes) -> None:
    _encode_or_refuse(start + rest)


@settings(max_examples=examples(60), deadline=None)
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
