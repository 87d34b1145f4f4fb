"""The site that commands work on here, in one sentence."""

from django.conf import settings


def which_site() -> str:
    """Its address, its data, and the file that says so."""
    said = settings.ENV_FILE or "no clinic.env; variables of this shell, or defaults"
    return (
        f"The site of {settings.SITE_URL}, its data in {settings.DATA_DIR} (settings from: {said})."
    )
