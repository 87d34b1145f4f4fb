"""SQLite: a copy as of one moment while others write, and whether a copy is sound."""

import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from clinic_site.operations.backups.manifest import Refused
from clinic_site.progress.steps import Add, counting

STEP = 1000  # pages of 4 kB; while they are copied, a few ms, nobody can commit
PAUSE = 0.005  # seconds between steps, for those who wait to commit
RESTARTS = (
    3  # SQLite begins anew when somebody wrote meanwhile; after so many, all is copied in one step
)
PATIENCE = 60.0  # seconds for a database that somebody holds
COUNT = 'SELECT count(*) FROM "{}"'
SIDE_FILES = ("-journal", "-wal", "-shm")  # they belong to a database and go where it goes


class _WrittenMeanwhile(Exception):
    """The copy began anew too often."""


class _Progress:
    """Told after each step; tells how far the copy is, and sees that it comes to an end."""

    def __init__(self, add: Add) -> None:
        self._add, self._told = add, 0
        self._until = time.monotonic() + PATIENCE
        self._least: int | None = None
        self._restarts = 0

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() > self._until:
                raise Refused(
                    f"The database was held by somebody else for {PATIENCE:.0f} seconds: try again."
                )
            return
        if self._least is not None and remaining >= self._least:
            self._restarts += 1
        self._least = remaining
        share = 100 * (total - remaining) // max(1, total)
        self._add(max(0, share - self._told))
        self._told = max(share, self._told)
        if self._restarts >= RESTARTS:
            raise _WrittenMeanwhile


def copy(source: Path, target: Path) -> None:
    """A copy of the database as of one moment, in a new file. Raises Refused and sqlite3.Error."""
    target.touch(mode=0o600, exist_ok=False)
    live_uri = f"{source.resolve().as_uri()}?mode=rw"  # which makes no new one where there is none
    with (
        closing(sqlite3.connect(live_uri, uri=True)) as live,
        closing(sqlite3.connect(target)) as copied,
        counting(100, "Copying the database") as add,
    ):
        copied.execute("PRAGMA synchronous = OFF")  # the archive is what has to be on the disk
        try:
            live.backup(copied, pages=STEP, progress=_Progress(add), sleep=PAUSE)
        except _WrittenMeanwhile:
            live.backup(copied, pages=-1, progress=_Progress(add), sleep=PAUSE)


def count(database: Path, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each of these tables has, where it exists."""
    with closing(sqlite3.connect(database)) as copied:
        there = {name for (name,) in copied.execute("SELECT name FROM sqlite_master")}
        return {
            table: copied.execute(COUNT.format(table)).fetchone()[0]
            for table in sorted(there.intersection(tables))
        }


def migrations(database: Path) -> tuple[str, ...]:
    """Each migration that was applied, as "app.name"."""
    with closing(sqlite3.connect(database)) as copied:
        applied = copied.execute("SELECT app, name FROM django_migrations").fetchall()
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def require_sound(database: Path, rows: Mapping[str, int]) -> None:
    """Raises Refused unless the file is a whole database with these numbers of rows."""
    try:
        with closing(sqlite3.connect(database)) as copied:
            found = copied.execute("PRAGMA integrity_check(1)").fetchall()
        counts = count(database, rows)
    except sqlite3.DatabaseError as error:
        found, counts = [(str(error),)], {}
    if found != [("ok",)]:
        raise Refused(f"The database of this backup is broken ({found[0][0]}): take another one.")
    if counts != dict(rows):
        raise Refused("The database of this backup has not the rows it says: take another one.")
