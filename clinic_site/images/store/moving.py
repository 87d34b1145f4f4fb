"""Between a folder and the store: a name holds the hash of its content, so what is there already is the same file."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from clinic_site.images.files import FOLDER
from clinic_site.progress.steps import each

TRIAL = "trial/of-the-store"


def files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """The name and the place of every file of an image below a folder of media."""
    for path in sorted((folder / FOLDER).glob("*/*")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix(), path


def put_into_store(folder: Path) -> int:
    """Put every file below the folder into the store that is not there yet; how many. OSError."""
    count = 0
    for name, path in each([*files_in(folder)], "Pictures into the store"):
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(path.read_bytes()))
            count += 1
    return count


def move_into_store(folder: Path) -> tuple[int, int]:
    """Move every file below the folder there: how many, and how many of them were there already. OSError.

    A file leaves the folder only when the store has all of it.
    """
    moved = were_there = 0
    for name, path in each([*files_in(folder)], "Pictures into the store"):
        data = path.read_bytes()
        if default_storage.exists(name):
            were_there += 1
        else:
            default_storage.save(name, ContentFile(data))
        if default_storage.open(name).read() != data:
            raise OSError(f"{path} is another file in the store and stays here.")
        path.unlink()
        moved += 1
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    return moved, were_there


def fetch(names: set[str], folder: Path) -> int:
    """A copy of each of these files below the folder; how many the store had. OSError."""
    count = 0
    for name in each(sorted(names), "Pictures out of the store"):
        try:
            data = default_storage.open(name).read()
        except FileNotFoundError:
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        count += 1
    return count


def store_fault() -> str:
    """What the store says when a file is written, read and removed; "" when it does all of that."""
    try:
        name = default_storage.save(TRIAL, ContentFile(b"trial"))
        is_same = default_storage.open(name).read() == b"trial"
        default_storage.delete(name)
    except OSError as error:
        return str(error)
    return "" if is_same else "The store of pictures gave another file back."
