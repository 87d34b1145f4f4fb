"""What comes out: clean files, upright, in sRGB, in every type and width."""

import io
import subprocess
import sys

import pytest
from PIL import Image, ImageCms

from clinic_site.images.encoding import Encoded, File, encode, widths_for
from clinic_site.images.file_formats import jpeg as jpeg_structure
from clinic_site.images.file_formats import png as png_structure
from clinic_site.images.file_formats import webp as webp_structure
from tests.images.making import (
    BLUE,
    RED,
    chunk,
    jpeg,
    png,
    png_of,
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
        "import sys; from clinic_site.images.encoding import encode;"
        "encode(sys.stdin.buffer.read());"
        "peak = [line for line in open('/proc/self/status') if line.startswith('VmHWM')];"
        "print(int(peak[0].split()[1]) // 1024)"  # getrusage would count the process that began this one
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
