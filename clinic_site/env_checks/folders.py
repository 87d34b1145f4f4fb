"""What the variables that name folders may say: a path that is no other's, made where that is due."""

import os
from collections.abc import Callable
from pathlib import Path

from clinic_site.file_modes import open_folder


def for_words(data_dir: Path) -> Callable[[str], Path]:
    """A check for the folder of the clinic's own words; one that is not there yet is made at the first start."""
    return _own_folder(data_dir, purpose="the clinic's words", example="/srv/clinic/content")


def for_backups(data_dir: Path) -> Callable[[str], Path]:
    """A check for the folder of the backups; it is made when the first one is."""
    return _own_folder(data_dir, purpose="backups", example="/var/backups/clinic")


def _own_folder(data_dir: Path, *, purpose: str, example: str) -> Callable[[str], Path]:
    def check(text: str) -> Path:
        try:
            folder = Path(text).expanduser().resolve()
            is_fit = folder.is_dir() or not folder.exists()
        except (OSError, RuntimeError, ValueError):
            is_fit = False
        if not is_fit or data_dir.is_relative_to(folder):
            raise ValueError(
                f"write a folder of its own for {purpose}, such as {example}, not “{text}”"
            )
        return folder

    return check


def public_dir(data_dir: Path) -> Callable[[str], Path]:
    """A check for the folder that the web server may read (mode 0755), made when missing; nothing private is in it."""

    def check(text: str) -> Path:
        try:
            folder = Path(text).expanduser().resolve()
            is_apart = not data_dir.is_relative_to(folder)
            if is_apart:
                folder.mkdir(parents=True, exist_ok=True)
            is_fit = is_apart and os.access(folder, os.W_OK)
            if is_fit and folder.stat().st_uid == os.geteuid():
                open_folder(folder)
        except (OSError, RuntimeError, ValueError):
            is_fit = False
        if not is_fit:
            raise ValueError(
                f"write a folder of its own that this user can write to, such as /var/lib/clinic-public, not “{text}”"
            )
        return folder

    return check
