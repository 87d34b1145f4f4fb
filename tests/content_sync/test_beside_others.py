"""A sync beside a second sync, and beside somebody who holds the database: real processes."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

COMMAND = [sys.executable, "manage.py", "sync_content"]


def environment_for(folder: Path) -> dict[str, str]:
    """The environment of a site whose data stand in a folder; the shipped content."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "clinic_site.settings"}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty, migrated database."""
    folder = tmp_path_factory.mktemp("migrated")
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=environment_for(folder), check=True)
    return folder


@pytest.fixture
def environment(migrated: Path, tmp_path: Path) -> dict[str, str]:
    """A site of its own: nothing is taken in yet."""
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    return environment_for(tmp_path)


def start(environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        COMMAND,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_at_once_take_everything_in_once(environment: dict[str, str], tmp_path: Path) -> None:
    both = [start(environment), start(environment)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    summaries = sorted(out.splitlines()[-1] for out, _ in said)
    files = len(list(Path(settings.CONTENT_DIR).rglob("*.md")))
    assert summaries[0].startswith(f"0 created, 0 updated, {files} unchanged")
    assert summaries[1].startswith(f"{files} created, 0 updated, 0 unchanged")
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        for table in ("pages_page", "pages_revision", "content_sync_sourcefile"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (files,)


def test_a_database_that_stays_locked_is_told_in_a_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    database = sqlite3.connect(tmp_path / "db.sqlite3", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    process = start(
        environment | {"DJANGO_SETTINGS_MODULE": "tests.content_sync.impatient_settings"}
    )
    _, err = process.communicate(timeout=120)
    database.execute("ROLLBACK")
    assert process.returncode == 1
    assert "The database is busy" in err
    assert "Traceback" not in err
    assert database.execute("SELECT count(*) FROM pages_page").fetchone() == (0,)
    database.close()
