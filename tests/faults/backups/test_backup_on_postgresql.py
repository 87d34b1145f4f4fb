"""PostgreSQL: a backup as of one moment while the site runs, restored in place of what came after."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from clinic_site.env import BASE_DIR
from tests.faults.backups import backup_files
from tests.faults.databases.test_postgresql_back_again import NAMES, ask
from tests.faults.patients import SEE_OTHER, Submission, answers, fill_in
from tests.postgresql import Cluster, cluster
from tests.serving import Site

__all__ = ["cluster"]
BEFORE, AFTER = 4, 2
LATER = "CREATE TABLE of_a_later_release (id int PRIMARY KEY)"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


@pytest.fixture(scope="module")
def site(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site over the cluster; each test starts and stops it as it needs."""
    folder = tmp_path_factory.mktemp("postgresql") / "data"
    words = shutil.copytree(BASE_DIR / "content", folder.with_name("words"))
    key = str(settings.SECRET_KEY)
    made = Site(folder, DATABASE_URL=cluster.url, SECRET_KEY=key, CONTENT_DIR=str(words))
    yield made
    if runs(made):
        made.stop()


def runs(site: Site) -> bool:
    return site.process is not None and site.process.poll() is None


@pytest.fixture
def running(site: Site) -> Site:
    if not runs(site):
        site.start()
    return site


def test_the_site_is_as_it_was(running: Site, cluster: Cluster, tmp_path: Path) -> None:
    site, (early, late) = running, split(fill_in(BEFORE + AFTER))
    assert answers(site.port, early) == {SEE_OTHER}
    backup = backup_files.make(site, tmp_path)
    assert_whole(backup)
    assert f"{BEFORE:,} enquiries" in site.manage("verify_backup", str(backup)).stdout
    assert answers(site.port, late) == {SEE_OTHER}
    tables = ask(cluster, TABLES)
    ask(cluster, LATER)

    other = Site(tmp_path / "data", DATABASE_URL=cluster.url, CONTENT_DIR=str(tmp_path / "words"))
    refused = other.manage("restore", str(backup))  # as from another machine
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "other connections use this database" in refused.stderr
    assert site.stop() == 0
    restored = other.manage("restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert f"write the one in {other.data_dir}/secret_key there" in restored.stderr
    other.environment["SECRET_KEY"] = (other.data_dir / "secret_key").read_text()

    assert {name for (name,) in ask(cluster, NAMES)} == {one.name for one in early}
    assert ask(cluster, TABLES) == tables
    [kept] = other.data_dir.glob("database.sql.replaced-*")
    assert all(one.name in kept.read_text() for one in late)
    assert kept.stat().st_mode & 0o077 == 0
    other.start()
    try:
        assert answers(other.port, fill_in(BEFORE + AFTER + 1)[-1:]) == {SEE_OTHER}
    finally:
        other.stop()


def test_statements_that_fail_change_nothing(
    running: Site, cluster: Cluster, tmp_path: Path
) -> None:
    site = running
    backup = backup_files.make(site, tmp_path)
    assert site.stop() == 0
    members = backup_files.members(backup)
    spoilt = members["database"] + b"\nSELECT 1 / 0;\n"
    backup_files.write(backup, members | {"database": spoilt})
    before, words = ask(cluster, NAMES), backup_files.everything(site.data_dir)
    refused = site.manage("restore", str(backup))
    assert refused.returncode == 1
    assert "psql failed" in refused.stderr
    assert ask(cluster, NAMES) == before
    after = backup_files.everything(site.data_dir)
    assert {name: after.get(name) for name in words} == words


def assert_whole(backup: Path) -> None:
    """All patients of before are in it, and nothing is spoilt."""
    found = backup_files.members(backup)
    assert backup_files.manifest(found)["rows"]["enquiries_enquiry"] == BEFORE
    assert backup_files.manifest(found)["parts"] == backup_files.checksums(found)


def split(submissions: list[Submission]) -> tuple[list[Submission], list[Submission]]:
    """Those before the backup and those after it."""
    return submissions[:BEFORE], submissions[BEFORE:]
