"""Sites to break: each test gets one of its own over a copy of the prepared data folder."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.outbox.sink import Sink
from tests.serving import Site

MakeSite = Callable[..., Site]


@pytest.fixture(scope="session", autouse=True)
def _proc() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("Processes are found through /proc, which only Linux has.")


@pytest.fixture
def make_site(prepared: Path, tmp_path: Path) -> MakeSite:
    """A maker of sites that are not running yet: make_site(folder=…, EMAIL_URL=…)."""

    def make(folder: Path | None = None, **variables: str) -> Site:
        place = folder or tmp_path / "data"
        shutil.copytree(prepared, place, symlinks=True, dirs_exist_ok=True)
        return Site(place, SECRET_KEY=settings.SECRET_KEY, **variables)

    return make


@pytest.fixture
def outer_sink() -> Iterator[Sink]:
    """A mail server for sites in processes of their own."""
    server = Sink()
    server.start()
    yield server
    server.stop()


def rows(site: Site, query: str, *values: object) -> list[tuple[object, ...]]:
    """What the site's database answers, read past Django."""
    with closing(sqlite3.connect(site.data_dir / "db.sqlite3", timeout=20)) as database:
        return database.execute(query, values).fetchall()


def change(site: Site, query: str, *values: object) -> None:
    """Change the site's database past Django."""
    with closing(sqlite3.connect(site.data_dir / "db.sqlite3", timeout=20)) as database, database:
        database.execute(query, values)
