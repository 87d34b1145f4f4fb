"""How large an uploaded picture may be, by its format: bytes, pixels in all, pixels of a side."""

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 24_000_000
# A JPEG is scaled down while it is decoded. Cameras that count 50 megapixels take up to 8,160 x 6,144.
MAX_JPEG_PIXELS = 51_000_000
# HEIC cannot be scaled while it is decoded: what newer iPhones take is let in, 5,712 x 4,284.
MAX_HEIC_PIXELS = 25_000_000
_MOST_PIXELS = {"JPEG": MAX_JPEG_PIXELS, "HEIF": MAX_HEIC_PIXELS}
MAX_SIDE = 16_000  # pixels; WebP ends at 16,383


def most_pixels(kind: str) -> int:
    """How many pixels a picture of that format may have."""
    return _MOST_PIXELS.get(kind, MAX_PIXELS)
