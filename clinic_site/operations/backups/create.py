"""Make a backup beside the running site: `make(folder)` gives the finished file, or leaves nothing behind."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from clinic_site import RELEASE
from clinic_site.on_disk import keep_on_disk
from clinic_site.operations import backup_record
from clinic_site.operations.backups import postgresql, sqlite
from clinic_site.operations.backups.archive import Writer, writing
from clinic_site.operations.backups.encryption import ending
from clinic_site.operations.backups.given import require_folder
from clinic_site.operations.backups.manifest import (
    CONTENT,
    DATABASE,
    MEDIA,
    SECRET_KEY,
    Manifest,
    Refused,
)
from clinic_site.operations.backups.pictures import add_from_store
from clinic_site.operations.health.which_site import which_site
from clinic_site.progress.steps import each

WORKSHOP = ".backup-"  # how the names of folders begin in which a backup is being made
LONGEST = timedelta(days=1)  # no backup takes so long
STAMP = "clinic-%Y%m%dT%H%M%S.%fZ.tar.gz"  # in UTC; sorted by name they are sorted by age; see rotation.py


@dataclass(frozen=True)
class Made:
    """The finished file, and what is in it."""

    path: Path
    manifest: Manifest


def make(folder: Path) -> Made:
    """A new backup in the folder, which is made when it is missing (mode 0700). Raises Refused."""
    now, folder = datetime.now(UTC), folder.expanduser().resolve()
    final = folder / f"{now.strftime(STAMP)}{ending(settings.BACKUP_RECIPIENT)}"
    for own in (settings.CONTENT_DIR, settings.MEDIA_ROOT):
        if folder.is_relative_to(own):
            raise Refused(
                f"{folder} would be a part of its own backups: name a folder outside {own}."
            )
    require_folder(folder)
    _require_database()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(folder)
        with _workshop(folder) as place:
            with writing(place / final.name, recipient=settings.BACKUP_RECIPIENT) as archive:
                manifest = _fill(archive, place, now)
            (place / final.name).rename(final)
        keep_on_disk(folder)
        backup_record.write(now)
    except (OSError, DatabaseError, sqlite3.Error) as error:
        raise Refused(
            f"No backup was made in {folder}: {reason(error)}. Put that right, then try again."
        ) from error
    return Made(final, manifest)


def _require_database() -> None:
    """Raises Refused where SQLite would begin an empty one."""
    database = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not database.exists():
        raise Refused(f"There is no site to back up: no database at {database}. {which_site()}")


def _fill(archive: Writer, place: Path, now: datetime) -> Manifest:
    """Everything into the archive, in an order in which no row of the database lacks its picture.

    A picture is kept before its row is, and goes after it: so all pictures there are, then the database, then
    those that have come meanwhile.
    """
    _add_pictures(archive)
    rows, migrations = _take_database(place / DATABASE)
    archive.add(DATABASE, place / DATABASE)
    _add_pictures(archive)
    _add_folder(archive, CONTENT, Path(settings.CONTENT_DIR))
    key = place / SECRET_KEY
    key.touch(mode=0o600)
    key.write_text(settings.SECRET_KEY, encoding="utf-8")
    archive.add(SECRET_KEY, key)
    made_at = now.isoformat(timespec="seconds")
    manifest = Manifest(made_at, RELEASE, connection.vendor, rows, migrations, archive.parts)
    archive.finish(manifest)
    return manifest


def _take_database(target: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """The database as of one moment, in a new file: how many rows each table has, and the migrations applied."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    if connection.vendor == "sqlite":
        sqlite.copy(Path(connection.settings_dict["NAME"]), target)
        return sqlite.count(target, tables), sqlite.migrations(target)
    with postgresql.one_moment() as snapshot:
        postgresql.dump(target, f"--snapshot={snapshot}")
        applied = MigrationRecorder(connection).applied_migrations()
        migrations = tuple(sorted(f"{app}.{name}" for app, name in applied))
        return postgresql.count(tables), migrations


def _add_pictures(archive: Writer) -> None:
    if settings.MEDIA_STORE:
        add_from_store(archive)
    else:
        _add_folder(archive, MEDIA, Path(settings.MEDIA_ROOT))


def _add_folder(archive: Writer, name: str, folder: Path) -> None:
    """Every file below the folder that is not in the archive yet; one that goes meanwhile is left out."""
    for path in each(sorted(folder.rglob("*")), f"Packing {name}"):
        member = f"{name}/{path.relative_to(folder).as_posix()}"
        if path.is_file() and member not in archive.parts:
            with suppress(FileNotFoundError):
                archive.add(member, path)


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder (mode 0700) beside the finished backups, which is gone at the end."""
    place = Path(mkdtemp(prefix=WORKSHOP, dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what backups that were killed have left: it holds what patients wrote."""
    for place in folder.glob(f"{WORKSHOP}*"):
        with suppress(OSError):
            if time.time() - place.stat().st_mtime > LONGEST.total_seconds():
                shutil.rmtree(place)


def reason(error: Exception) -> str:
    """What went wrong, as an operator reads it: where, and why."""
    named = str(getattr(error, "filename", None) or "").partition(f"/{WORKSHOP}")[0]
    words = getattr(error, "strerror", None) or " ".join(str(error).split())
    return f"{named}: {words}" if named else words
