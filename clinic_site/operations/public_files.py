"""The folder that the web server reads, and the lock on all else in DATA_DIR: put in order at each start.

PUBLIC_DIR holds the edition, static files and pictures, and nothing else. Before there was such a folder they lay
in DATA_DIR itself: pictures are moved, one by one and none lost; the rest is made anew. What earlier versions kept
and nobody reads any more is removed.
"""

import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings

from clinic_site.file_modes import PASS_THROUGH, below, closed, open_file, open_folder
from clinic_site.on_disk import keep_on_disk

Say = Callable[[str], object]
# What the site keeps in DATA_DIR for itself; what else an operator has put there is not ours to lock.
PRIVATE = (
    "db.sqlite3*",
    "secret_key",
    "mail",
    "media",
    "backups",
    "claims.yaml",
    "synonyms.yaml",
    "static.stamp",
    "*.json",
    "*.lock",
)
MADE_ANEW = ("static", "edition", "edition-*", "editions")
UNUSED = ("cards",)  # a picture for sharing per page, drawn by the site until one was drawn for all
KEPT = "kept-"  # begins the name of the copy of a picture from which renditions are made: the site's own


class Misplaced(Exception):
    """Files could not be put in order; the message is one sentence that says what to do."""


def put_files_in_order(*, say: Say) -> None:
    """Lock what is private, open the way to PUBLIC_DIR, and move there what lies in its old place.

    Safe to repeat. Raises Misplaced.
    """
    data, public = Path(settings.DATA_DIR), Path(settings.PUBLIC_DIR)
    try:
        remove(data, public, UNUSED)
        lock(data, public, say=say)
        if moved := move_media(data / "media", Path(settings.MEDIA_HERE)):
            say(f"Moved {moved} files of pictures into {settings.MEDIA_HERE}.")
        if remove(data, public, MADE_ANEW):
            say(
                f"What the web server reads is now in {public}:"
                " write its configuration anew with manage.py proxy_config."
            )
    except OSError as error:
        raise Misplaced(
            f"{error.filename or data} cannot be put in order ({error.strerror}): see that the disk"
            " has room and that all in DATA_DIR and PUBLIC_DIR belongs to this user, then start again."
        ) from None


def lock(data: Path, public: Path, *, say: Say) -> None:
    """The site's user alone may read what is private; others may at most pass through to PUBLIC_DIR."""
    if public.is_relative_to(data):
        for folder in (one for one in public.parents if one.is_relative_to(data)):
            if folder.stat().st_uid == os.geteuid():
                folder.chmod(PASS_THROUGH)
    else:
        closed(data)
    found = [path for path in private_files(data) if closed(path)]
    if found:
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        say(f"Others had the right to read {found[0]}{others}: it is taken away.")


def private_files(data: Path) -> Iterator[Path]:
    """All that is to be locked: by name in DATA_DIR, and the database's files wherever they are."""
    for pattern in PRIVATE:
        for path in data.glob(pattern):
            yield from below(path)
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        place = Path(database["NAME"])
        if place.parent != data and place.parent.is_dir():
            yield from place.parent.glob(f"{place.name}*")


def move_media(old: Path, new: Path) -> int:
    """Move every file below `old` to the same name below `new`; how many.

    A file leaves its old place only when it is whole in the new one and on the disk, so a start that was killed is
    made up for by the next. Where another file has its name already, it stays where it is. Where `old` leads
    elsewhere, as to a larger disk, `new` leads there from now on.
    """
    if not old.is_dir() or old.resolve() == new.resolve():
        return 0
    if old.is_symlink():
        new.symlink_to(old.resolve())
        old.unlink()
        open_pictures(new)
        return 0
    files = sorted(path for path in below(old) if path.is_file())
    moved = sum(_is_moved(file, new / file.relative_to(old)) for file in files)
    for folder in sorted((path for path in below(old) if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    if new.is_dir():
        open_pictures(new)
    return moved


def open_pictures(folder: Path) -> None:
    """Let everybody read the renditions in this folder; the copies that are kept are the site's alone."""
    for path in below(folder.resolve()):
        if path.is_dir():
            open_folder(path)
        elif path.name.startswith(KEPT):
            closed(path)
        else:
            open_file(path)


def remove(data: Path, public: Path, names: Iterable[str]) -> bool:
    """Remove the folders that the site itself once made in DATA_DIR under these names; whether there was any."""
    old = [place for name in names for place in data.glob(name)]
    there = [place for place in old if place.is_dir() and not public.is_relative_to(place)]
    for place in there:
        if place.is_symlink():
            place.unlink()
        else:
            shutil.rmtree(place)
    return bool(there)


def _is_moved(file: Path, target: Path) -> bool:
    """Put the file there; whether it has left its old place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if not filecmp.cmp(file, target, shallow=False):
            return False
        file.unlink()
    elif _is_one_disk(file, target.parent):
        file.rename(target)
    else:
        trial = target.with_name(f".{target.name}-{os.getpid()}")
        shutil.copy2(file, trial)
        keep_on_disk(trial)
        trial.rename(target)
        keep_on_disk(target.parent)
        file.unlink()
    return True


def _is_one_disk(*paths: Path) -> bool:
    """Whether a rename will do."""
    return len({path.stat().st_dev for path in paths}) == 1
