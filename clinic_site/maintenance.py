"""Maintenance: a mark in DATA_DIR while the form is closed and patients are asked to call. Pages stay."""

from pathlib import Path

from django.conf import settings


def is_on() -> bool:
    """Whether the form is closed; it asks no database, which may be what is being worked on."""
    return _mark().exists()


def switch(*, on: bool) -> None:
    """Close the form, or open it. It stays so when the site starts anew. Raises OSError."""
    if on:
        _mark().touch(mode=0o600)
    else:
        _mark().unlink(missing_ok=True)


def _mark() -> Path:
    return Path(settings.DATA_DIR) / "maintenance"
