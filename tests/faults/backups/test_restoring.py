"""A restore, by the letter of docs/operations.md: on a fresh clone, beside a running site, after a power cut."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from clinic_site.env import BASE_DIR
from tests.faults.backups import backup_files
from tests.faults.conftest import MakeSite, rows
from tests.faults.processes import wait_for
from tests.real_clinic import REAL_CLINIC
from tests.serving import Site

OWN, SAMPLE = REAL_CLINIC["phone"], "604-555-0142"
MEDIA = settings.MEDIA_ROOT.relative_to(settings.DATA_DIR)
PICTURE = MEDIA / "images" / "0123456789" / "picture.jpg"
PARTS = ("clinic_site", "content", "static", "templates", "manage.py", "pyproject.toml")
PAGE = (BASE_DIR / "docs" / "operations.md").read_text()
SECTION = PAGE.partition("\n## Backup and restore\n")[2].partition("\n## ")[0]
COMMAND = re.compile(r"^\.venv/bin/python manage\.py (backup|restore) (\S+)$", re.MULTILINE)


def as_written(verb: str) -> list[str]:
    """The arguments of the page's only command of this kind."""
    [path] = [path for found, path in COMMAND.findall(SECTION) if found == verb]
    return [verb, path]


def by_the_letter(site: Site, verb: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run the page's command, with another path in the place of the one that it shows."""
    command = as_written(verb)
    assert command[1].startswith("/backup")
    return site.manage(verb, str(path))


@pytest.fixture(scope="module")
def lived_in(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A clinic's site that has words, a picture and an enquiry of its own; it runs."""
    folder = tmp_path_factory.mktemp("lived")
    words = shutil.copytree(BASE_DIR / "content", folder / "content")
    clinic = words / "clinic.md"
    text = clinic.read_text().replace("name: IMS Dry Needling BC", f"name: {REAL_CLINIC['name']}")
    clinic.write_text(text.replace(SAMPLE, OWN))
    site = Site(shutil.copytree(prepared, folder / "data", symlinks=True), CONTENT_DIR=str(words))
    picture = site.data_dir / PICTURE
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"no picture, but bytes")
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def backup(lived_in: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The running site's backup."""
    done = by_the_letter(lived_in, "backup", tmp_path_factory.mktemp("backup"))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def clone(folder: Path) -> Path:
    """The code as a fresh clone has it, the sample's words included."""
    for part in PARTS:
        source = BASE_DIR / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy(source, folder / part)
    return folder


@pytest.mark.parametrize(
    "has_own_folder", [True, False], ids=["CONTENT_DIR", "content/ of the code"]
)
def test_on_a_fresh_clone_the_clinic_has_its_own_words(
    lived_in: Site, backup: Path, tmp_path: Path, has_own_folder: bool
) -> None:
    words = {"CONTENT_DIR": str(tmp_path / "words")} if has_own_folder else {}
    site = Site(tmp_path / "data", code=clone(tmp_path / "clone"), **words)
    restored = by_the_letter(site, "restore", backup)
    assert restored.returncode == 0, restored.stderr
    site.start()
    try:
        page = urlopen(f"{site.url}/clinic/").read().decode()
    finally:
        site.stop()
    assert OWN in page
    assert SAMPLE not in page
    assert rows(site, "SELECT count(*) FROM content_sync_conflict") == [(0,)]
    for name, mode in {"db.sqlite3": 0o600, "secret_key": 0o600}.items():
        assert stat.S_IMODE((site.data_dir / name).stat().st_mode) == mode
    way = [site.data_dir / place for place in (PICTURE, *PICTURE.parents[:3])]
    assert [stat.S_IMODE(place.stat().st_mode) for place in way] == [0o644, 0o755, 0o755, 0o755]
    for name in ("secret_key", PICTURE):
        assert (site.data_dir / name).read_bytes() == (lived_in.data_dir / name).read_bytes()


def test_what_a_killed_backup_left_goes_after_a_day(lived_in: Site, tmp_path: Path) -> None:
    left, young = tmp_path / ".backup-old", tmp_path / ".backup-young"
    for place in (left, young):
        place.mkdir()
        (place / "database").write_text("what patients wrote")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(left, (long_ago, long_ago))
    made = backup_files.make(lived_in, tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([young, made])


def test_what_is_replaced_is_kept(backup: Path, make_site: MakeSite, tmp_path: Path) -> None:
    words = shutil.copytree(BASE_DIR / "content", tmp_path / "words")
    site = make_site(CONTENT_DIR=str(words))
    site.environment.pop("SECRET_KEY")
    before = backup_files.everything(tmp_path)
    assert site.manage("restore", str(backup)).returncode == 0
    after = backup_files.everything(tmp_path)
    kept = {
        re.sub(r"\.replaced-\w+", "", name): content
        for name, content in after.items()
        if ".replaced-" in name
    }
    assert kept.keys() >= {"data/db.sqlite3", "data/secret_key", "words/clinic.md"}
    assert all(before[name] == content for name, content in kept.items())
    assert not [name for name in after if "restoring" in name]
    moved = [path for path in tmp_path.rglob("*.replaced-*") if not path.name.endswith("-journal")]
    assert {path.stat().st_mode & 0o077 for path in moved} == {0}


def test_where_a_link_leads_to_another_disk_the_link_stays(
    backup: Path, make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(CONTENT_DIR=str(tmp_path / "words"))
    media, large = site.data_dir / MEDIA, tmp_path / "large"
    if media.exists():
        media.rename(large)
    large.mkdir(exist_ok=True)
    media.symlink_to(large)
    assert site.manage("restore", str(backup)).returncode == 0
    assert media.readlink() == large
    assert (site.data_dir / PICTURE).exists()


def test_a_running_site_is_left_alone(lived_in: Site, backup: Path) -> None:
    key = (lived_in.data_dir / "secret_key").stat()
    done = lived_in.manage("restore", str(backup))
    assert done.returncode == 1
    assert done.stderr.startswith("The site runs")
    assert (lived_in.data_dir / "secret_key").stat().st_ino == key.st_ino
    assert (lived_in.data_dir / PICTURE).exists()


def test_a_worker_alone_counts_as_the_site_and_one_that_was_killed_does_not(
    backup: Path, make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(CONTENT_DIR=str(tmp_path / "words"))
    beat = site.data_dir / "worker.json"
    worker = subprocess.Popen(
        (sys.executable, "manage.py", "run_worker"), cwd=site.code, env=site.environment
    )
    try:
        wait_for(beat.exists, "a sign of life")
        refused = site.manage("restore", str(backup))
        assert (refused.returncode, refused.stderr[:13]) == (1, "The site runs")
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert beat.exists()
    assert site.manage("restore", str(backup)).returncode == 0


def test_after_a_restore_that_was_cut_off_the_site_starts_only_when_it_was_repeated(
    backup: Path, make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(CONTENT_DIR=str(tmp_path / "words"))
    (site.data_dir / "restoring").touch()
    for command in (["serve"], ["run_worker", "--once"], ["backup", str(tmp_path / "b")]):
        refused = site.manage(*command)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "run manage.py restore again" in refused.stderr
    assert site.manage("restore", str(backup)).returncode == 0
    site.start()
    assert site.stop() == 0


def test_a_restore_that_fails_half_way_leaves_all_as_it_was(
    backup: Path, make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(CONTENT_DIR=str(tmp_path / "words"))
    (tmp_path / "words").mkdir()
    database = site.data_dir / "db.sqlite3"
    if (
        shutil.which("chattr") is None
        or subprocess.run(["chattr", "+i", database], capture_output=True).returncode
    ):
        pytest.skip("This file system, or this user, cannot make a file immutable.")
    before = backup_files.everything(tmp_path)
    try:
        done = site.manage(
            "restore", str(backup)
        )  # the database comes last, and cannot be moved aside
    finally:
        subprocess.run(["chattr", "-i", database], check=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be restored" in done.stderr
    assert backup_files.everything(tmp_path) == before
