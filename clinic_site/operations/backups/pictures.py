"""The pictures of a backup, wherever they lie: on this machine's disk, or in the store that several machines share."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from clinic_site.images.actions import file_names
from clinic_site.images.store.moving import fetch, files_in, put_into_store
from clinic_site.operations.backups.archive import Writer
from clinic_site.operations.backups.manifest import MEDIA
from clinic_site.progress.steps import each


def add_from_store(archive: Writer) -> None:
    """Every picture that a row names and the archive has not yet; one that goes meanwhile is left out. OSError."""
    for name in each(sorted(file_names()), f"Packing {MEDIA}"):
        member = f"{MEDIA}/{name}"
        if member not in archive.parts:
            try:
                data = default_storage.open(name).read()
            except FileNotFoundError:
                continue
            archive.add_bytes(member, data)


def give_to_store(folder: Path, *, aside: Path) -> Iterator[Path]:
    """Put every picture below the folder into the store, too; where those of the site as it is now are kept. OSError.

    Nothing in the store is changed or taken away: what no row names any more, the worker removes after a day.
    """
    if not settings.MEDIA_STORE:
        return
    others = _names_now() - {name for name, _ in files_in(folder)}
    if others and fetch(others, aside):
        yield aside
    put_into_store(folder)


def _names_now() -> set[str]:
    """None where there is no database yet to ask; asking must not make one, nor hold it open."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return set()
    try:
        return file_names()
    except DatabaseError:
        return set()
    finally:
        connection.close()
