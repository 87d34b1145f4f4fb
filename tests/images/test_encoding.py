"""What comes out: clean files, upright, in sRGB, in every type and width."""

import io
import struct
import subprocess
import sys

import pytest
from PIL import Image, ImageCms

from clinic_site.images import jpeg as jpeg_structure
from clinic_site.images import png as png_structure
from clinic_site.images import webp as webp_structure
from clinic_site.images.encoding import Encoded, File, encode, widths_for
from tests.images.making import (
    BLUE,
    RED,
    chunk,
    drawn,
    jpeg,
    png,
    png_of,
    saved,
    segment,
    webp,
    with_chunks,
    with_segments,
)

SECRET = b"49.2827N 123.1207W Pat Example"
XMP = (
    b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
)


def opened(file: File) -> Image.Image:
    return Image.open(io.BytesIO(file.data))


def files(encoded: Encoded) -> list[File]:
    return [encoded.original, *encoded.renditions]


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 40 for one, other in zip(found, wanted, strict=True))


def sides(file: File) -> tuple[object, object]:
    """The colours in the middle of the left and of the right half."""
    picture = opened(file).convert("RGB")
    middle = picture.height // 2
    return picture.getpixel((picture.width // 4, middle)), picture.getpixel(
        (picture.width * 3 // 4, middle)
    )


# Sizes and types


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, [1]),
        (479, [479]),
        (480, [480]),
        (481, [480, 481]),
        (960, [480, 960]),
        (1300, [480, 960, 1300]),
        (1600, [480, 960, 1600]),
        (6000, [480, 960, 1600]),
    ],
)
def test_widths_are_never_scaled_up(width: int, widths: list[int]) -> None:
    assert widths_for(width) == widths


def test_every_width_comes_in_every_type() -> None:
    encoded = encode(jpeg(1300, 650))
    made = {(file.kind, file.width, file.height) for file in encoded.renditions}
    assert made == {
        (kind, width, width // 2) for kind in ("avif", "webp", "jpeg") for width in (480, 960, 1300)
    }
    for file in encoded.renditions:
        with opened(file) as picture:
            assert picture.format == file.kind.upper()
            assert picture.size == (file.width, file.height)
            assert picture.mode == "RGB"


def test_a_name_is_the_hash_of_the_content() -> None:
    names = [file.name for file in files(encode(jpeg()))]
    assert len(set(names)) == len(names)
    assert [file.name for file in files(encode(jpeg()))] == names


def test_a_single_pixel_and_a_thin_line_have_renditions() -> None:
    assert encode(png(1, 1)).original.width == 1
    assert {file.height for file in encode(png(4000, 1)).renditions} == {1}


def test_the_copy_that_is_kept_is_2400_wide_at_most() -> None:
    assert (encode(jpeg(3000, 1500)).original.width, encode(jpeg(2400, 30)).original.width) == (
        2400,
        2400,
    )


def test_a_large_jpeg_is_scaled_while_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    resize = Image.Image.resize

    def watched(self: Image.Image, *args: object, **options: object) -> Image.Image:
        seen.append(self.size)
        return resize(self, *args, **options)

    monkeypatch.setattr(Image.Image, "resize", watched)
    encode(jpeg(5600, 1000, quality=60))
    assert max(width for width, _ in seen) == 2800


def test_the_largest_picture_stays_within_500_mb() -> None:
    script = (
        "import resource, sys; from clinic_site.images.encoding import encode;"
        "encode(sys.stdin.buffer.read());"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    data = png_of(6000, 4000, colour=6, rows=bytes(4000 * (1 + 6000 * 4)))
    done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 500


# Orientation


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    encoded = encode(jpeg(600, 400, exif=exif))
    on_its_side = orientation >= 5
    for file in files(encoded):
        assert (file.height > file.width) == on_its_side
        with opened(file) as picture:
            assert not picture.getexif()
    shown = opened(encoded.original).convert("RGB")
    corner = shown.getpixel((20, 20))
    assert near(corner, BLUE if orientation in (2, 3, 7, 8) else RED)


@pytest.mark.parametrize("make", [png, webp])
def test_orientation_is_applied_to_the_other_kinds(make) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert encode(make(600, 400, exif=exif)).original.height == 600


@pytest.mark.parametrize(
    "exif", [b"", b"MM", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\0\x01\x01\x12" + b"\xff" * 8]
)
def test_nonsense_in_the_exif_is_no_orientation(exif: bytes) -> None:
    data = with_segments(jpeg(60, 40), segment(0xE1, b"Exif\0\0" + exif))
    assert encode(data).original.width == 60


# Metadata


def _tell_tale_jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0131], exif[0x9286] = "Camera", SECRET.decode(), SECRET
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (49.0, 16.0, 57.72)
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = jpeg(600, 400, exif=exif, icc_profile=profile, comment=SECRET)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0" + bytes((len(SECRET),)) + SECRET
    return with_segments(data, segment(0xE1, XMP), segment(0xED, iptc), segment(0xEB, SECRET))


def _tell_tale_png() -> bytes:
    text = chunk(b"tEXt", b"Author\0" + SECRET) + chunk(b"iTXt", b"XML\0\0\0\0\0" + XMP)
    exif = chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\0\0\0\0\0" + SECRET)
    return with_chunks(png(), text, exif, chunk(b"prVt", SECRET))


def _tell_tale_webp() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return webp(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + SECRET, xmp=XMP, icc_profile=profile)


@pytest.mark.parametrize("make", [_tell_tale_jpeg, _tell_tale_png, _tell_tale_webp])
def test_nothing_of_the_metadata_is_in_any_output(make) -> None:
    data = make()
    assert SECRET in data
    for file in files(encode(data)):
        assert SECRET not in file.data
        for name in (
            b"Exif",
            b"xmpmeta",
            b"ICC_PROFILE",
            b"Camera",
            b"Photoshop",
            b"iCCP",
            b"tEXt",
        ):
            assert name not in file.data
        with opened(file) as picture:
            assert not picture.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(picture.info)


def test_outputs_hold_no_part_besides_the_picture() -> None:
    encoded = encode(_tell_tale_jpeg())
    readers = {"jpeg": jpeg_structure.read, "webp": webp_structure.read}
    for file in encoded.renditions:
        if file.kind in readers:
            found = readers[file.kind](file.data)
            assert found.besides.strip(b"\n").removeprefix(b"JFIF\0")[9:] == b""
            assert found.behind == b""
    assert png_structure.read(encode(_tell_tale_png()).original.data).besides == b""


# Colours


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
