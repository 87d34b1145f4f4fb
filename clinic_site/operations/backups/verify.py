"""Open a backup whole, as a restore would, and count what is in it; the site is not touched."""

import os
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from clinic_site.operations.backups import manifest, sqlite
from clinic_site.operations.backups.archive import unpack
from clinic_site.operations.backups.create import WORKSHOP, reason
from clinic_site.operations.backups.given import require_backup
from clinic_site.operations.backups.manifest import Manifest, Refused
from clinic_site.operations.backups.rotation import made_at

COPY = re.compile(r'COPY [\w"]+\."?(?P<table>\w+)"? \(.*\) FROM stdin;')
END, WHOLE = "\\.", "-- PostgreSQL database dump complete"


def newest(folder: Path) -> Path:
    """The newest backup in the folder. Raises Refused where there is none, or where it cannot be read."""
    try:
        names = [one.name for one in folder.iterdir() if made_at(one.name)]
    except (FileNotFoundError, NotADirectoryError):
        names = []
    except OSError as error:
        raise Refused(f"{folder} cannot be read: {error.strerror}.") from error
    if not names:
        raise Refused(f"There is no backup in {folder}: make one with manage.py backup.")
    return folder / max(names)


def verify(backup: Path, *, identity: Path | None = None) -> Manifest:
    """What the backup says of itself, once all of it was read and holds that. Raises Refused."""
    require_backup(backup)
    # Beside it, where there is room for another one, or where this user may write.
    beside = backup.parent if os.access(backup.parent, os.W_OK) else Path(settings.DATA_DIR)
    try:
        with TemporaryDirectory(prefix=WORKSHOP, dir=beside) as folder:
            found = unpack(backup, Path(folder, "all").joinpath, identity=identity)
            _require_whole(Path(folder, "all", manifest.DATABASE), found)
    except (OSError, sqlite3.Error) as error:
        raise Refused(f"{backup} cannot be checked: {reason(error)}.") from error
    return found


def _require_whole(database: Path, found: Manifest) -> None:
    for part in manifest.FILES:
        if part not in found.parts:
            raise Refused(f"This backup is broken (it has no {part}): take another one.")
    if found.vendor == "sqlite":
        sqlite.require_sound(database, found.rows)
    else:
        _require_dump(database, found.rows)


def _require_dump(dump: Path, rows: Mapping[str, int]) -> None:
    """Raises Refused unless it is a finished dump of PostgreSQL with these numbers of rows."""
    counts, table, is_finished = dict.fromkeys(rows, 0), "", False
    with dump.open(encoding="utf-8") as lines:
        for line in lines:
            text = line.rstrip("\n")
            if table:
                counts[table] = counts.get(table, 0) + (text != END)
                table = "" if text == END else table
            elif begun := COPY.fullmatch(text):
                table = begun["table"]
            is_finished = is_finished or text == WHOLE
    if not is_finished:
        raise Refused("The database of this backup is broken (it has no end): take another one.")
    if {name: counts[name] for name in rows} != dict(rows):
        raise Refused("The database of this backup has not the rows it says: take another one.")
