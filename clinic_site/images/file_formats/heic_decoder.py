"""Whether photos in HEIC can be read here: they can where pi-heif, the extra `heic`, or pillow-heif is installed."""

# One project, one interface: the first reads alone, the second brings an encoder under GPL along.
READS_HEIC = True
try:
    from pi_heif import register_heif_opener
except ImportError:
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        READS_HEIC = False

if READS_HEIC:
    register_heif_opener(thumbnails=False)  # Pillow opens them as "HEIF"
