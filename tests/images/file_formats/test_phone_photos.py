"""Photos as phones take them: many pixels, a film or a line end behind them. What is hostile stays out."""

import struct

import pytest
from PIL import Image, ImageFile

from clinic_site.images import upload_errors
from clinic_site.images.encoding import encode
from clinic_site.images.upload_validation import check
from tests.images.file_formats.test_more_than_a_picture import TAILS
from tests.images.file_formats.test_upload_validation import MAKERS, refusal
from tests.images.making import claiming, jpeg, saved

PADDING = {"line end": b"\r\n", "blanks": b" \n\t", "fill": b"\xff" * 900, "stray": b"\x01\x82\x03"}


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def film(shown: bytes = bytes(range(256)) * 40) -> bytes:
    """A short film as it stands behind a motion photo."""
    return box(b"ftyp", b"mp42\0\0\0\0mp42isom") + box(b"moov", b"\0" * 90) + box(b"mdat", shown)


@pytest.fixture(scope="module")
def photo() -> bytes:
    """As large as a newer iPhone's."""
    return saved(Image.effect_noise((5712, 4284), 12).convert("RGB"), quality=85)


def test_a_photo_of_24_5_million_pixels_and_more_than_5_mb_is_taken(photo: bytes) -> None:
    assert len(photo) > 5_000_000
    assert encode(photo).original.width == 2400


def test_a_large_jpeg_is_scaled_while_it_is_decoded(
    photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[tuple[int, int]] = []
    load = ImageFile.ImageFile.load

    def watched(picture: ImageFile.ImageFile) -> object:
        sizes.append(picture.size)
        return load(picture)

    monkeypatch.setattr(ImageFile.ImageFile, "load", watched)
    encode(photo)
    assert {width for width, _ in sizes} == {2856}  # half of each side


def test_50_megapixels_of_a_camera_are_taken_and_no_more() -> None:
    assert check(claiming(jpeg(), 8160, 6144)).width == 8160
    assert "more than 51 million" in refusal(claiming(jpeg(), 9000, 6000))


@pytest.mark.parametrize("padding", PADDING)
@pytest.mark.parametrize("kind", MAKERS)
def test_bytes_without_meaning_behind_a_picture_are_dropped(kind: str, padding: str) -> None:
    assert encode(MAKERS[kind](60, 40) + PADDING[padding]).original.width == 60


def test_the_film_of_a_motion_photo_is_dropped() -> None:
    kept = encode(jpeg(60, 40) + film())
    assert (kept.original.width, b"mdat" in kept.original.data) == (60, False)


def test_the_film_behind_a_gain_map_is_dropped() -> None:
    assert encode(jpeg(60, 40) + jpeg(30, 20) + film() + b"\n").original.width == 60


def test_the_film_in_the_trailer_of_a_samsung_photo_is_dropped() -> None:
    trailer = b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data" + film() + b"SEFH\x6b\0\0\0\x01\0\0\0SEFT"
    assert encode(jpeg(60, 40) + trailer).original.width == 60


@pytest.mark.parametrize("inside", sorted(set(TAILS) - {"bytes", "javascript", "gif"}) + ["svg"])
def test_a_stowaway_in_the_film_is_refused(inside: str) -> None:
    body = {**TAILS, "svg": b"<svg onload='alert(1)'>"}[inside]
    assert refusal(jpeg(60, 40) + film(body)) == upload_errors.MORE_THAN_A_PICTURE


@pytest.mark.parametrize("tail", sorted(set(TAILS) - {"bytes"}))
def test_what_stands_before_or_behind_the_film_is_refused(tail: str) -> None:
    said = upload_errors.MORE_THAN_A_PICTURE
    assert refusal(jpeg(60, 40) + TAILS[tail] + film()) == said
    assert refusal(jpeg(60, 40) + film() + TAILS[tail]) == said


@pytest.mark.parametrize(
    "behind",
    [
        film()[:-1],
        box(b"ftyp", b"mp42"),
        box(b"ftyp", b"mp42") + box(b"mdat", b"alert(1)"),
        b"\0\0\0\x04ftyp" + film(),
        b"\0\0\0\x01ftyp\0\0\0\0\0\0\0\x01",
        b"\0\0\0\x01ftyp\xff\xff\xff\xff\xff\xff\xff\xff",
    ],
    ids=["cut short", "only a head", "no film", "no length", "short length", "endless length"],
)
def test_what_only_looks_like_a_film_is_refused(behind: bytes) -> None:
    assert refusal(jpeg(60, 40) + behind) == upload_errors.MORE_THAN_A_PICTURE


def test_a_film_behind_another_kind_of_picture_is_refused() -> None:
    assert refusal(MAKERS["PNG"](60, 40) + film()) == upload_errors.MORE_THAN_A_PICTURE
