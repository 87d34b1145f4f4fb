"""Whether the site runs: a lock in DATA_DIR that every process of it shares, and that the kernel opens when they end.

Nothing is read from a file that a killed process may have left: where one of the site's processes lives, whichever it
is, nobody can have the lock alone.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

_held: dict[Path, int] = {}


class Occupied(Exception):
    """The site runs where it must not, or the other way round; the message is a sentence that says what to do."""


def take_part() -> None:
    """Be a part of the running site until this process ends, and those that are forked from it. Raises Occupied."""
    if _lock() in _held:
        return
    descriptor = _open()
    if not _is_locked(descriptor, fcntl.LOCK_SH):
        os.close(descriptor)
        raise Occupied("A restore is under way: wait for its end, then start again.")
    _held[_lock()] = descriptor
    if mark().exists():
        raise Occupied(
            "A restore did not come to its end, so the data is not whole: "
            "run manage.py restore again, with the same file."
        )


@contextmanager
def alone() -> Iterator[None]:
    """No process of the site runs within, and none can start. Raises Occupied where one runs."""
    descriptor = _open()
    try:
        if not _is_locked(descriptor, fcntl.LOCK_EX):
            raise Occupied(
                "The site runs, or its worker, a backup or another restore: stop it, then restore."
            )
        yield
    finally:
        os.close(descriptor)


def require_owner() -> None:
    """Raises Occupied for root where the data is somebody else's: what it makes, the site could not use."""
    owner = Path(settings.DATA_DIR).stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        raise Occupied(
            f"{settings.DATA_DIR} belongs to the user {owner}: run this as that user, such as with sudo -u \\#{owner}."
        )


def mark() -> Path:
    """What stands in DATA_DIR while a restore puts things in their places; left behind by one that was killed."""
    return Path(settings.DATA_DIR) / "restoring"


def _lock() -> Path:
    return Path(settings.DATA_DIR) / "running.lock"


def _open() -> int:
    return os.open(_lock(), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _is_locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
