"""Whether photos in HEIC can be read here: they can where pillow-heif, the extra `heic`, is installed."""

try:
    from pillow_heif import register_heif_opener
except ImportError:
    READS_HEIC = False
else:
    READS_HEIC = True
    register_heif_opener(thumbnails=False)  # Pillow opens them as "HEIF"
