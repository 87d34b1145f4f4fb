"""Copies of the store's pictures on this machine: no reader waits for the store, or misses a picture while it is away.

They lie in a folder of their own, which may be emptied at any time, and are served just as pictures are that lie on the
disk alone. Each machine's worker brings what has come and removes what is gone, so that what staff delete is gone from
all machines in a moment.
"""

import logging
import os
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

from clinic_site.file_modes import make_open_folder, open_file, open_folder
from clinic_site.images.files import FOLDER
from clinic_site.images.models import Rendition
from clinic_site.pagecache.stamp import Value, read

MISSING_AGAIN = 60.0  # seconds until what the store has not is looked for again
HERE = FileSystemStorage()
logger = logging.getLogger(__name__)


def open_for_readers(name: str) -> File[bytes]:
    """The copy on this machine; where there is none yet, or no store, the file itself. OSError."""
    if settings.MEDIA_STORE and HERE.exists(name):
        try:
            return HERE.open(name)
        except FileNotFoundError:
            pass  # removed this moment; the store knows whether it is gone
    return default_storage.open(name)


class CopyKeeper:
    """Keeps the copies in step with the stamp. One per worker; the first run always looks."""

    def __init__(self) -> None:
        self._seen: Value | None = None
        self._missing_at: float | None = None

    def keep_in_step(self) -> int:
        """Bring and remove what has changed; how many files. Nothing is done without a store. OSError."""
        if not settings.MEDIA_STORE:
            return 0
        stamp = read()
        if stamp == self._seen and _folder().is_dir() and not self._is_to_look_again():
            return 0
        changed, missing = bring_up_to_date()
        self._seen = stamp
        self._missing_at = time.monotonic() if missing else None
        if missing:
            logger.error(
                "%s pictures are not in the store; where they are, run manage.py move_pictures",
                missing,
            )
        return changed

    def _is_to_look_again(self) -> bool:
        return self._missing_at is not None and time.monotonic() - self._missing_at >= MISSING_AGAIN


def bring_up_to_date() -> tuple[int, int]:
    """Have a copy of each rendition, and of nothing else: how many files changed, and how many the store has not."""
    wanted = set(Rendition.objects.values_list("file", flat=True))
    make_open_folder(_folder())
    for folder in (_folder().parent, _folder().parent.parent):
        open_folder(folder)  # a restore made them for itself
    here = {f"{FOLDER}/{path.relative_to(_folder())}" for path in _folder().glob("*/*")}
    _remove(here - wanted)
    come = sorted(wanted - here)
    brought = sum(_bring(name) for name in come)
    return brought + len(here - wanted), len(come) - brought


def _bring(name: str) -> bool:
    """Whether the store has it."""
    try:
        data = default_storage.open(name).read()
    except FileNotFoundError:
        return False
    target = Path(settings.MEDIA_ROOT, name)
    make_open_folder(target.parent)
    trial = target.with_name(f".{target.name}-{os.getpid()}")
    trial.write_bytes(data)
    open_file(trial)
    trial.replace(target)
    return True


def _remove(names: Iterable[str]) -> None:
    for name in names:
        path = Path(settings.MEDIA_ROOT, name)
        path.unlink(missing_ok=True)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT, FOLDER)
