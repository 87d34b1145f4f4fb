"""A checked file into pixels as they are meant to be seen: upright, 8-bit sRGB, nothing see-through. Pure.

What a picture lets through is white, so that a diagram with black lines can be read on a dark page.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageCms

from clinic_site.images.upload_errors import BROKEN, Refused
from clinic_site.images.upload_limits import MAX_JPEG_PIXELS
from clinic_site.images.upload_validation import Checked

Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS  # check() has judged the file by its own limit
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

# Pillow may raise nearly anything over a damaged file; running out of memory is not among these.
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    Image.DecompressionBombError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Warning,
)
_ORIENTATION = 0x0112  # the EXIF tag
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_THEIR_SIDE = (5, 6, 7, 8)
_SRGB = ImageCms.createProfile("sRGB")
_MODES_WITH_PROFILES = ("CMYK", "L", "RGB")


def decode(checked: Checked, *, widest: int) -> Image.Image:
    """The picture in RGB, at most `widest` pixels wide once upright; `Refused` when it can't be read.

    A large JPEG is scaled down by powers of two while it is decoded, so it never stands in memory whole.
    """
    try:
        with Image.open(BytesIO(checked.data), formats=(checked.format,)) as picture:
            if not _is_as_checked(picture, checked):
                raise Refused(BROKEN)
            turn = _orientation(picture)
            profile = picture.info.get("icc_profile")
            across = picture.height if turn in _ON_THEIR_SIDE else picture.width
            scale = min(1.0, widest / across)
            width, height = (max(1, round(side * scale)) for side in picture.size)
            picture.draft(None, (width, height))
            picture.load()
            plain = _eight_bits(picture)
            if plain.size != (width, height):
                plain = plain.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            plain = _in_srgb(plain, profile)
            return plain.transpose(_TURNS[turn]) if turn in _TURNS else plain
    except _FAULTS:
        raise Refused(BROKEN) from None


def _is_as_checked(picture: Image.Image, checked: Checked) -> bool:
    """Whether the decoder found the size that was judged. One of HEIC has turned and cut the photo already."""
    if checked.format != "HEIF":
        return picture.size == (checked.width, checked.height)
    most = sorted((checked.width, checked.height))
    return all(side <= limit for side, limit in zip(sorted(picture.size), most, strict=True))


def _orientation(picture: Image.Image) -> int:
    """How the camera was held, 1 to 8 as EXIF counts; 1 where the file says nothing sensible."""
    try:
        found = picture.getexif().get(_ORIENTATION, 1)
    except _FAULTS:
        return 1
    return found if found in _TURNS else 1


def _eight_bits(picture: Image.Image) -> Image.Image:
    """L, RGB, RGBA or CMYK, 8 bits each; palettes resolved, greys of 16 bits scaled and not cut."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in _MODES_WITH_PROFILES:
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB on white, with colours as the profile means them; a profile that can't be used is ignored."""
    if picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, "white")
        alpha = picture.getchannel("A")
        white.paste(_in_srgb(picture.convert("RGB"), profile), mask=alpha)
        return white
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            found = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
            return found or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture.convert("RGB")
    return picture.convert("RGB")
