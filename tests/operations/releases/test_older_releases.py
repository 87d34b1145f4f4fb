"""Backups of older releases, restored by today's code and brought up to date: nothing that was in them is lost."""

import re
import shutil
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.faults.backups import backup_files
from tests.operations.releases.make_release import KEPT
from tests.postgresql import Cluster, cluster
from tests.serving import Site

__all__ = ["cluster"]
RELEASES = sorted(folder.name for folder in KEPT.iterdir())
# Made anew from the rest, or about the processes of that day.
MADE_ANEW = re.compile(
    r"search_(passage|word)|pagecache_|content_sync_bodyfacts|django_(migrations|content_type)|auth_permission"
    r"|django_session|sqlite_"
)
Counts = dict[str, int]


def kept_counts(backup: Path) -> Counts:
    """How many rows of each table the backup has, of those that nothing makes anew."""
    said: Counts = backup_files.manifest(backup_files.members(backup))["rows"]
    return {table: rows for table, rows in said.items() if not MADE_ANEW.match(table)}


def up_to_date(site: Site, backup: Path) -> str:
    """Restore it and start the site; its page about safety."""
    restored = site.manage("restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    site.start()
    try:
        return urllib.request.urlopen(f"{site.url}/safety/", timeout=60).read().decode()
    finally:
        assert site.stop() == 0, site.words()


def test_there_is_one_of_each_release() -> None:
    assert RELEASES
    for release in RELEASES:
        kept = kept_counts(KEPT / release / "sqlite.tar.gz")
        assert min(kept[table] for table in ("enquiries_enquiry", "pages_signoff")) > 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("release", RELEASES)
def test_one_of_sqlite_is_whole_after_the_upgrade(release: str, tmp_path: Path) -> None:
    backup = KEPT / release / "sqlite.tar.gz"
    site = Site(tmp_path / "data", CONTENT_DIR=str(tmp_path / "words"))
    page = up_to_date(site, backup)
    assert "Call us." in page
    with closing(sqlite3.connect(site.data_dir / "db.sqlite3")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, rows in kept_counts(backup).items():
            (now,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            assert now >= rows, table


@pytest.mark.timeout(300)
@pytest.mark.parametrize("release", RELEASES)
def test_one_of_postgresql_is_whole_after_the_upgrade(
    release: str, tmp_path: Path, cluster: Cluster
) -> None:
    if not shutil.which("psql"):
        pytest.skip("PostgreSQL's client programs are not installed.")
    name = f"of_{release.replace('.', '_')}"
    with psycopg.connect(cluster.url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    url = cluster.url.replace("/postgres", f"/{name}")
    backup = KEPT / release / "postgresql.tar.gz"
    site = Site(tmp_path / "data", CONTENT_DIR=str(tmp_path / "words"), DATABASE_URL=url)
    assert "Call us." in up_to_date(site, backup)
    with psycopg.connect(url) as database:
        for table, rows in kept_counts(backup).items():
            counted = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            assert counted
            assert counted[0] >= rows, table
