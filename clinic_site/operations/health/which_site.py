"""The site that commands work on here, in one sentence."""

from pathlib import Path

from django.conf import settings

WRITTEN = (
    "db.sqlite3",
    "static.stamp",
)  # by each start: the second also where the database is elsewhere


class NoSite(Exception):
    """No site was ever started over DATA_DIR; the message is a sentence."""


def require_started_site() -> None:
    """Raises NoSite where the settings lead to a folder that no site has written to: a slip, or the wrong shell."""
    if not any(Path(settings.DATA_DIR, name).exists() for name in WRITTEN):
        raise NoSite(f"no site was ever started over {settings.DATA_DIR}. {which_site()}")


def which_site() -> str:
    """Its address, its data, and the file that says so."""
    said = settings.ENV_FILE or "no clinic.env; variables of this shell, or defaults"
    return (
        f"The site of {settings.SITE_URL}, its data in {settings.DATA_DIR} (settings from: {said})."
    )
