"""The bytes of a file decide whether it is decoded at all."""

import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from clinic_site.images import upload_errors, upload_limits
from clinic_site.images.encoding import encode
from clinic_site.images.upload_errors import Refused
from clinic_site.images.upload_validation import check
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
    assert refusal(b"") == upload_errors.EMPTY


def test_more_than_25_mb_is_refused_and_25_mb_is_not() -> None:
    small = jpeg(60, 40)
    padded = small + bytes(upload_limits.MAX_BYTES - len(small))
    assert check(padded).width == 60
    assert refusal(padded + b"\0") == upload_errors.TOO_BIG


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (saved(drawn(), "GIF"), "This is a GIF."),
        (saved(drawn(), "BMP"), "This is a BMP picture."),
        (saved(drawn(), "TIFF"), "This is a TIFF or raw photo."),
        (saved(drawn(64, 64), "ICO"), "This is an icon file."),
        (saved(drawn(), "PDF"), "This is a PDF"),
        (saved(drawn(), "AVIF"), "This is an AVIF picture."),
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
    told = [sentence for _, sentence in upload_errors.OTHER_FILES]
    told += [
        getattr(upload_errors, name)
        for name in dir(upload_errors)
        if name.isupper() and isinstance(getattr(upload_errors, name), str)
    ]
    told += [
        str(upload_errors.too_many_pixels(*size, "PNG")) for size in ((50_000, 50_000), (20_000, 2))
    ]
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
    assert "million in all" in refusal(data)


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
    assert refusal(data[:at] + frame + data[at:]) == upload_errors.BROKEN


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    data = jpeg(60, 40, progressive=True)
    at = data.index(b"\xff\xda")
    assert refusal(data[:at] + data[at:-2] * 60 + data[-2:]) == upload_errors.BROKEN


@pytest.mark.parametrize("body", [segment(0xFE, b""), b"\xff"], ids=["segments", "padding"])
def test_a_jpeg_of_nothing_but_structure_is_refused(body: bytes) -> None:
    data = b"\xff\xd8" + body * (5_000_000 // len(body)) + b"\xff\xd9"
    assert refusal(data) == upload_errors.BROKEN


def test_a_million_small_jpegs_behind_one_are_refused() -> None:
    data = jpeg(60, 40) + b"\xff\xd8\xff\xd9" * 1_000_000
    assert refusal(data) == upload_errors.MORE_THAN_A_PICTURE


@pytest.mark.parametrize("name", [b"iCCP", b"zTXt"])
def test_a_chunk_of_a_png_that_unpacks_to_much_is_refused(name: bytes) -> None:
    bomb = b"note\0\0" + zlib.compress(b"a" * 50_000_000)
    assert refusal(with_chunks(png(60, 40), chunk(name, bomb))) == upload_errors.BROKEN


# Animation
