"""Colours of an upload: every mode is taken, and what is shown is what was seen."""

import struct

import pytest
from PIL import Image, ImageCms

from clinic_site.images.encoding import encode
from tests.images.making import (
    BLUE,
    RED,
    drawn,
    jpeg,
    png,
    png_of,
    saved,
)
from tests.images.test_encoding import files, near, sides


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_png_mode_is_taken(mode: str) -> None:
    picture = Image.new("I;16", (60, 40), 33_000) if mode == "I;16" else drawn(60, 40, mode)
    assert encode(saved(picture, "PNG")).original.width == 60


def test_16_bit_greys_are_scaled_and_not_cut() -> None:
    encoded = encode(saved(Image.new("I;16", (60, 40), 32_896), "PNG"))
    assert near(sides(encoded.renditions[0])[0], (128, 128, 128))


def test_16_bit_colours_are_taken() -> None:
    row = b"\0" + struct.pack(">HHH", 200 * 257, 30 * 257, 30 * 257) * 60
    encoded = encode(png_of(60, 40, depth=16, rows=row * 40))
    assert near(sides(encoded.original)[0], RED)


def test_a_palette_keeps_its_colours() -> None:
    left, right = sides(encode(png(60, 40, "P")).original)
    assert near(left, RED)
    assert near(right, BLUE)


def test_cmyk_keeps_its_colours() -> None:
    left, right = sides(encode(saved(drawn(mode="CMYK"), "JPEG")).original)
    assert near(left, RED)
    assert near(right, BLUE)


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_what_is_see_through_becomes_white(mode: str) -> None:
    picture = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    picture.paste((*RED, 255), (30, 0, 60, 40))
    for file in files(encode(saved(picture.convert(mode), "PNG"))):
        left, right = sides(file)
        assert near(left, (255, 255, 255))
        assert near(right, RED)


def test_a_see_through_colour_of_a_png_becomes_white() -> None:
    data = saved(drawn(60, 40), "PNG", transparency=RED)
    assert near(sides(encode(data).original)[0], (255, 255, 255))


def test_a_colour_profile_is_turned_into_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    swapped = _profile_with_red_and_blue_swapped()
    left, right = sides(encode(jpeg(icc_profile=swapped)).original)
    assert near(left, BLUE)
    assert near(right, RED)
    assert near(sides(encode(jpeg(icc_profile=lab)).original)[0], RED)


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 200])
def test_a_broken_colour_profile_is_ignored(profile: bytes) -> None:
    assert near(sides(encode(jpeg(icc_profile=profile)).original)[0], RED)


def _profile_with_red_and_blue_swapped() -> bytes:
    """sRGB with the places of its red and blue primaries exchanged."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = data.index(b"rXYZ"), data.index(b"bXYZ")
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(data)
