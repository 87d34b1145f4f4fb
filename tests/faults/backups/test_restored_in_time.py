"""A clinic of years (10,000 enquiries, 100 pictures) is restored and serves again within five minutes."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import psycopg
import pytest

from tests.faults.backups import backup_files
from tests.faults.conftest import MakeSite, rows
from tests.postgresql import Cluster, cluster
from tests.serving import Site

__all__ = ["cluster"]
pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]
WITHIN = 300.0  # seconds
ENQUIRIES, PICTURES = 10_000, 100
FILL = f"""
from django.contrib.auth.models import User
from clinic_site.images.actions import upload
from tests.enquiries.inbox_world import enquiry
from tests.images.making import jpeg
by = User.objects.create_user("owner")
for number in range({PICTURES}):
    upload(data=jpeg(900, 600 + number), alt="Lines and fields", by=by)
from django.db import transaction
with transaction.atomic():
    for number in range({ENQUIRIES}):
        enquiry(f"Patient {{number}}", message="Words of a patient. " * 20)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database; "" for SQLite in the folder."""
    if request.param == "sqlite":
        yield ""
        return
    server: Cluster = request.getfixturevalue("cluster")
    yield server.url


def test_a_large_site_is_back_in_time(make_site: MakeSite, tmp_path: Path, database: str) -> None:
    variables = {"DATABASE_URL": database} if database else {}
    site = make_site(**variables)
    if database:
        site.start()  # its tables
        site.stop()
    filled = site.manage("shell", "-v0", "-c", FILL, patience=1200)
    assert filled.returncode == 0, filled.stderr
    began = monotonic()
    backup = backup_files.make(site, tmp_path / "backups")
    made = monotonic() - began
    words = tmp_path / "words"
    there = Site(tmp_path / "there", CONTENT_DIR=str(words), **variables)
    began = monotonic()
    restored = there.manage("restore", str(backup), patience=600)
    assert restored.returncode == 0, restored.stderr
    there.start()
    assert urllib.request.urlopen(f"{there.url}/safety/", timeout=60).status == 200
    took = monotonic() - began
    there.stop()
    print(
        f"{'PostgreSQL' if database else 'SQLite'}: backup {made:.0f} s, {backup.stat().st_size:,} bytes;"
        f" restored and served {took:.0f} s"
    )
    assert took < WITHIN
    assert counted(there, database) == (ENQUIRIES, PICTURES)


def counted(site: Site, database: str) -> tuple[object, ...]:
    """How many enquiries and pictures it has."""
    query = "SELECT (SELECT count(*) FROM enquiries_enquiry), (SELECT count(*) FROM images_image)"
    if not database:
        return rows(site, query)[0]
    with psycopg.connect(database) as connection:
        found = connection.execute(query).fetchone()
        assert found
        return found
