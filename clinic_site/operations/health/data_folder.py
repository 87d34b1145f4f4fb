"""Whether DATA_DIR is still the folder that this process started with, by its device and inode.

A disk that is unmounted leaves an empty folder of the same name, and a folder that was moved away may be made anew by
whoever writes next; both look like a site at its first start.
"""

from pathlib import Path

_AT_START: dict[Path, tuple[int, int]] = {}


def remember(folder: Path) -> None:
    """Take it as it is now for the right one; called when the process starts. Nothing where it is not there yet."""
    if (known := _identity(folder)) is not None:
        _AT_START.setdefault(folder, known)


def is_another(folder: Path) -> bool:
    """Whether it is gone, or another one than at the start."""
    now = _identity(folder)
    return now is None or now != _AT_START.get(folder, now)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
