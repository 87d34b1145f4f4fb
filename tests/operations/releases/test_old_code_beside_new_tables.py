"""For a minute old code runs over new tables: what it reads and writes must be there until the next release.

Shown in two ways over the migrations that came since the newest release that is kept: every row of that release goes in
again as its code would write it, and no migration takes anything away.
"""

import shutil
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import models
from django.db.migrations import AddField, AlterField, CreateModel, Migration, RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
)
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

from tests.operations.releases.make_release import KEPT
from tests.serving import Site

NEWEST = max(KEPT.iterdir(), key=lambda folder: [int(part) for part in folder.name.split(".")])
TAKES_AWAY = (DeleteModel, RemoveField, RenameField, RenameModel)
# "app.migration": the release whose code had stopped using what it removes; that release must be one that is kept.
UNUSED_SINCE: dict[str, str] = {}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The database of that release."""
    place = tmp_path / "old.sqlite3"
    with tarfile.open(NEWEST / "sqlite.tar.gz") as tar:
        member = tar.extractfile("database")
        assert member
        place.write_bytes(member.read())
    return place


def columns(database: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each table."""
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
        for (name,) in tables
        if not name.startswith(("sqlite_", "search_passage_"))
    }


@pytest.mark.timeout(300)
def test_what_old_code_writes_goes_into_the_new_tables(old: Path, tmp_path: Path) -> None:
    site = Site(tmp_path / "data")
    site.data_dir.mkdir()
    shutil.copy(old, site.data_dir / "db.sqlite3")
    done = site.manage("migrate", "--verbosity", "0", patience=250)
    assert done.returncode == 0, done.stderr
    with (
        closing(sqlite3.connect(old)) as before,
        closing(sqlite3.connect(site.data_dir / "db.sqlite3")) as after,
    ):
        there = columns(after)
        for table, names in columns(before).items():
            assert set(names) <= set(there[table]), table
            rows = before.execute(f'SELECT * FROM "{table}"').fetchall()
            after.execute(f'DELETE FROM "{table}"')
            marks, named = ", ".join("?" * len(names)), ", ".join(f'"{name}"' for name in names)
            after.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({marks})', rows)
            assert after.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (len(rows),)


def unsafe(operations: Iterable[Operation], new: set[str]) -> Iterator[str]:
    """What old code cannot live with, in words; `new`: the models, in small letters, that it does not know."""
    for operation in operations:
        model = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
        if isinstance(operation, CreateModel):
            new.add(model)
        elif isinstance(operation, TAKES_AWAY) and model not in new:
            yield f"{operation.describe()}: old code still reads it"
        elif isinstance(operation, AddField) and model not in new:
            if not _fills_itself(operation.field):
                yield f"{operation.describe()}: old code does not fill it; give it a db_default"
        elif isinstance(operation, RunPython) and operation.reverse_code is None:
            yield f"{operation.describe()}: it cannot be undone; give it a reverse (noop at least)"


def _fills_itself(field: models.Field[object, object]) -> bool:
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def since(old: Path) -> dict[str, Migration]:
    """Our own migrations that this release does not know, by "app.name"."""
    with closing(sqlite3.connect(old)) as database:
        known = set(database.execute("SELECT app, name FROM django_migrations").fetchall())
    loaded = MigrationLoader(None).disk_migrations
    assert known & set(loaded)
    return {
        f"{app}.{name}": migration
        for (app, name), migration in loaded.items()
        if (app, name) not in known and migration.__module__.startswith("clinic_site.")
    }


def test_no_migration_since_then_takes_anything_away(old: Path) -> None:
    new: set[str] = set()
    found = {
        name: list(unsafe(migration.operations, new))
        for name, migration in sorted(since(old).items())
    }
    kept = {folder.name for folder in KEPT.iterdir()}
    excused = {name for name, release in UNUSED_SINCE.items() if release in kept}
    assert {name: words for name, words in found.items() if words and name not in excused} == {}


@pytest.mark.parametrize(
    ("operation", "is_safe"),
    [
        (AddField("enquiry", "colour", models.TextField(db_default="")), True),
        (AddField("enquiry", "colour", models.TextField(null=True)), True),
        (AddField("enquiry", "colour", models.TextField(default="")), False),
        (RemoveField("enquiry", "name"), False),
        (DeleteModel("Enquiry"), False),
        (RenameField("enquiry", "name", "called"), False),
        (RunPython(lambda apps, editor: None), False),
        (RunPython(RunPython.noop, RunPython.noop), True),
        (AlterField("enquiry", "name", models.TextField()), True),
    ],
    ids=lambda value: value.describe() if isinstance(value, Operation) else str(value),
)
def test_what_is_unsafe_is_seen(operation: Operation, is_safe: bool) -> None:
    assert (list(unsafe([operation], set())) == []) is is_safe


def test_what_a_new_table_has_is_its_own_affair() -> None:
    made = CreateModel("Thing", [("id", models.AutoField(primary_key=True))])
    assert list(unsafe([made, AddField("thing", "size", models.IntegerField())], set())) == []
