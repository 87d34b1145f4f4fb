"""The files of images in Django's storage: written before the rows that name them, removed after.

Each upload has a folder of its own, images/<10 hex digits>/, so that nothing is shared between
images and removing one never takes a file from another. A name ends in the hash of its content and
a file is never written twice, so it may be kept by browsers for ever.
"""

import errno
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.utils import timezone

from clinic_site.file_modes import open_file, open_folder
from clinic_site.images.encoding import File
from clinic_site.images.upload_errors import NO_ROOM, Refused
from clinic_site.on_disk import keep_on_disk

FOLDER = "images"
NO_ROOM_FOR = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def written(files: Iterable[File]) -> Iterator[Mapping[File, str]]:
    """The name that each file has been stored under; all of them are removed if the block fails.

    `Refused` where there is no room for them.
    """
    folder, names = f"{FOLDER}/{secrets.token_hex(5)}", {}
    try:
        for file in files:
            wanted = f"{folder}/{file.name}"
            names[file] = wanted
            names[file] = default_storage.save(wanted, ContentFile(file.data))
            _open_to_readers(default_storage, names[file], is_kept=not file.kind)
            _keep_on_disk(default_storage, names[file])
        yield names
    except OSError as error:
        remove(names.values())
        if error.errno in NO_ROOM_FOR:
            raise Refused(NO_ROOM) from error
        raise
    except BaseException:
        remove(names.values())
        raise


def remove(names: Iterable[str]) -> None:
    """Remove these files, and their folders once they are empty; those that are gone already are fine."""
    for name in names:
        default_storage.delete(name)
        folder = _on_disk(default_storage, name.rpartition("/")[0])
        if folder is not None and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def stray(*, known: set[str], before: timedelta) -> list[str]:
    """Files older than `before` that no row names: what a killed upload left behind."""
    until = timezone.now() - before
    found = []
    for folder in _below(FOLDER)[0]:
        for name in _below(f"{FOLDER}/{folder}")[1]:
            path = f"{FOLDER}/{folder}/{name}"
            if path not in known and _is_older(path, until):
                found.append(path)
    return found


def _below(folder: str) -> tuple[list[str], list[str]]:
    """Folders and files in it; a store elsewhere knows no folders, so it cannot be asked whether there is one."""
    with suppress(FileNotFoundError):
        return default_storage.listdir(folder)
    return [], []


def _is_older(name: str, until: datetime) -> bool:
    """False also for one that another machine removed meanwhile."""
    with suppress(FileNotFoundError):
        return default_storage.get_modified_time(name) < until
    return False


def _on_disk(storage: Storage, name: str) -> Path | None:
    """Where the file is on this machine; None where the storage is elsewhere."""
    return Path(storage.path(name)) if isinstance(storage, FileSystemStorage) else None


def _open_to_readers(storage: Storage, name: str, *, is_kept: bool) -> None:
    """Let a web server read a rendition where it is on this machine; the copy that is kept is the site's alone."""
    path = _on_disk(storage, name)
    if path:
        for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
            open_folder(folder)
        if not is_kept:
            open_file(path)


def _keep_on_disk(storage: Storage, name: str) -> None:
    """Wait until the file and its name are on the disk, as the row that follows will be."""
    path = _on_disk(storage, name)
    for place in (path, path.parent) if path else ():
        keep_on_disk(place)
