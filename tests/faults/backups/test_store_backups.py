"""Backups of a site whose pictures are in a shared store: they are in it, and go back there."""

from pathlib import Path

import pytest

from tests.faults.backups import backup_files
from tests.faults.conftest import MakeSite
from tests.faults.databases.test_several_machines import SHOW_PICTURE
from tests.object_store import Store, store, store_server
from tests.serving import Site

__all__ = ["store", "store_server"]
pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
ANOTHER = """
from django.contrib.auth.models import User
from clinic_site.images.actions import upload
from tests.images.making import png
upload(data=png(), alt="Later", by=User.objects.get(username="editor"))
"""
DRILL = """
from pathlib import Path
from clinic_site.operations.backups.drill import restore_aside
restore_aside(Path({path!r}))
"""


@pytest.fixture
def site(make_site: MakeSite, store: Store, tmp_path: Path) -> Site:
    """A site that is not running, with one picture."""
    made = make_site(MEDIA_STORE_URL=store.url, CONTENT_DIR=str(tmp_path / "words"))
    run(made, SHOW_PICTURE)
    return made


def run(site: Site, code: str) -> None:
    done = site.manage("shell", "-v0", "-c", code)
    assert done.returncode == 0, done.stderr


def test_a_backup_holds_the_pictures_and_a_restore_puts_them_back(
    site: Site, store: Store, tmp_path: Path
) -> None:
    before = store.names()
    backup = backup_files.make(site, tmp_path)
    found = backup_files.members(backup)
    assert {f"media/{name}" for name in before} == {m for m in found if m.startswith("media/")}
    assert backup_files.manifest(found)["parts"] == backup_files.checksums(found)
    store.bucket.objects.all().delete()
    run(site, ANOTHER)
    later = store.names()
    done = site.manage("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert store.names() == before | later
    for name in before:
        kept = store.bucket.Object(f"clinic/{name}").get()["Body"].read()
        assert kept == found[f"media/{name}"]
    [aside] = site.data_dir.glob("store.replaced-*")
    assert {str(p.relative_to(aside)) for p in aside.rglob("*.*")} == later
    assert f"kept: {aside}" in done.stdout


def test_a_drill_leaves_the_store_alone(site: Site, store: Store, tmp_path: Path) -> None:
    backup = backup_files.make(site, tmp_path)
    store.bucket.objects.all().delete()
    file = tmp_path / "clinic.env"
    file.write_text(f"MEDIA_STORE_URL={site.environment.pop('MEDIA_STORE_URL')}\n")
    site.environment["CLINIC_ENV"] = str(file)
    run(site, DRILL.format(path=str(backup)))
    assert store.names() == set()


def test_a_restore_that_cannot_reach_the_store_changes_nothing(
    site: Site, store: Store, tmp_path: Path
) -> None:
    backup = backup_files.make(site, tmp_path)
    before = backup_files.everything(site.data_dir)
    site.environment["MEDIA_STORE_URL"] = store.url.replace("@pictures-", "@no-such-")
    refused = site.manage("restore", str(backup))
    assert (refused.returncode, "NoSuchBucket" in refused.stderr) == (1, True), refused.stderr
    assert backup_files.everything(site.data_dir) == before
