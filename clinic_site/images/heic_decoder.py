"""Whether photos in HEIC can be read here: they can where pi-heif, the extra `heic`, or pillow-heif is installed."""

from collections.abc import Callable

# One project, one interface: the first reads alone, the second brings an encoder under GPL along.
register: Callable[..., None] | None
try:
    from pi_heif import register_heif_opener as register
except ImportError:
    try:
        from pillow_heif import register_heif_opener as register
    except ImportError:
        register = None

READS_HEIC = register is not None
if register:
    register(thumbnails=False)  # Pillow opens them as "HEIF"
