"""Whether photos in HEIC can be read here: they can where pi-heif, the extra `heic`, or pillow-heif is installed."""

from importlib import import_module
from importlib.util import find_spec

# One project, one interface: the first reads alone, the second brings an encoder under GPL along.
DECODERS = ("pi_heif", "pillow_heif")
READS_HEIC = False

for name in DECODERS:
    if find_spec(name):
        import_module(name).register_heif_opener(thumbnails=False)  # Pillow opens them as "HEIF"
        READS_HEIC = True
        break
