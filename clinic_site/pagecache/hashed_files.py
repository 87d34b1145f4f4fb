"""Static files under names made of their bytes, compressed once: WhiteNoise's, with the scripts that scripts import."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """What a module imports is asked for by its hashed name too; no other name is kept."""

    support_js_module_import_aggregation = True
