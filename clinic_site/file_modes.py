"""Who may read what the site writes: the site's own user alone, and of PUBLIC_DIR everybody.

Modes are set, not left to the umask of whoever started the site. Only the group's and others' rights are touched.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

UMASK = 0o077  # what a process of the site makes is its own, unless it is opened here
PASS_THROUGH, PUBLIC_FOLDER, PUBLIC_FILE = 0o711, 0o755, 0o644


def open_file(path: Path) -> None:
    """Let everybody read this file."""
    path.chmod(PUBLIC_FILE)


def open_folder(path: Path) -> None:
    """Let everybody look into this folder."""
    path.chmod(PUBLIC_FOLDER)


def make_open_folder(folder: Path) -> None:
    """The folder, for everybody to look into where it was not there yet, and those above it that were not."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for place in made:
        open_folder(place)


def open_tree(folder: Path) -> None:
    """Let everybody read all that is below this folder, and the folder itself."""
    for where, _, files in os.walk(folder):
        open_folder(Path(where))
        for name in files:
            if not (file := Path(where, name)).is_symlink():
                open_file(file)


def closed(path: Path) -> bool:
    """Take from this file or folder what group and others may do; whether there was something to take.

    A link, and what belongs to somebody else, stays as it is.
    """
    status = path.lstat()
    mode = stat.S_IMODE(status.st_mode)
    wanted = mode & 0o700
    if stat.S_ISLNK(status.st_mode) or status.st_uid != os.geteuid() or mode == wanted:
        return False
    path.chmod(wanted)
    return True


def below(path: Path) -> Iterator[Path]:
    """The file or folder itself, and all that is in it."""
    yield path
    if path.is_dir() and not path.is_symlink():
        for where, folders, files in os.walk(path):
            yield from (Path(where, name) for name in (*folders, *files))


def first_barrier(folder: Path) -> Path | None:
    """The outermost folder on the way to this one, itself included, that others may not pass; None for a free way."""
    way = [*reversed(folder.parents), folder]
    return next((one for one in way if not one.stat().st_mode & stat.S_IXOTH), None)
