"""Backups while patients write: each whole, with all that was confirmed before it began, and no patient refused."""

import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.backups import backup_files
from tests.faults.conftest import MakeSite, change
from tests.faults.patients import SEE_OTHER, Submission, fill_in, send
from tests.faults.processes import Keeper
from tests.serving import Site

WRITERS = 16
# Larger than what is copied in one step, so that somebody has always written before the last.
FILLER = "CREATE TABLE filler AS SELECT zeroblob(20000000)"
MEMORY, ROOM = Path("/dev/shm"), 1_000_000_000
# Seconds after a form that was kept in memory: what a disk takes for so many at once, and leaves the processor alone.
REST = 0.3
MAKE = """
import sys
from django.core.management import call_command
for folder in sys.stdin:
    call_command("backup", folder.strip())
    sys.stdout.flush()
"""


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """In memory beside other tests: a disk that these keep busy refuses patients, too. A drill has the disk alone."""
    is_drill = request.node.get_closest_marker("long")
    if is_drill or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


@contextmanager
def writing(
    port: int, done: list[Submission], statuses: list[int], *, rest: float
) -> Iterator[None]:
    """So many patients send one form after the other until the block ends, with a rest (seconds) after each."""
    forms, stop = iter(fill_in(50_000)), threading.Event()

    def write() -> None:
        while not stop.is_set():
            submission = next(forms)
            status, submission.location, _ = send(port, submission)
            statuses.append(status)
            if status == SEE_OTHER:
                done.append(submission)
            stop.wait(rest)

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write) for _ in range(WRITERS)]
        try:
            yield
        finally:
            stop.set()
        for writer in writers:
            writer.result()


@pytest.mark.parametrize(
    "number", [20, pytest.param(100, marks=(pytest.mark.long, pytest.mark.timeout(900)))]
)
def test_every_backup_is_whole(make_site: MakeSite, place: Path, number: int) -> None:
    site, folder = make_site(folder=place / "data"), place / "backups"
    change(site, FILLER)
    done: list[Submission] = []
    statuses: list[int] = []
    rest = REST if place.is_relative_to(MEMORY) else 0
    with Keeper(site), maker(site) as made, writing(site.port, done, statuses, rest=rest):
        for _ in range(number):
            before = {submission.name for submission in done}
            backup = next_backup(made, folder)
            assert_whole(backup, before, place / "opened")
    waited = sum(status != SEE_OTHER for status in statuses)
    print(f"{number} backups, all whole; {len(statuses)} forms meanwhile, {waited} asked to wait")
    assert waited == 0
    assert len(before) >= number
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(list(folder.iterdir())) == number  # and nothing else


@contextmanager
def maker(site: Site) -> Iterator[subprocess.Popen[str]]:
    """A process that makes a backup for every line, so that not each of them has to load the site."""
    with subprocess.Popen(
        (sys.executable, "manage.py", "shell", "-v0", "-c", MAKE),
        cwd=site.code,
        env=site.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def next_backup(process: subprocess.Popen[str], folder: Path) -> Path:
    """The next backup in the folder."""
    assert process.stdin is not None
    assert process.stdout is not None
    print(folder, file=process.stdin, flush=True)
    return Path(process.stdout.readline().strip())


def assert_whole(backup: Path, names: set[str], place: Path) -> None:
    """It opens, nothing is missing or spoilt in it, these patients are in it, and only its owner may read it."""
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    found = backup_files.members(backup)
    said = backup_files.manifest(found)
    assert said["parts"] == backup_files.checksums(found)
    place.write_bytes(found["database"])
    database = sqlite3.connect(place)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kept = [name for (name,) in database.execute("SELECT name FROM enquiries_enquiry")]
    assert names <= set(kept)
    assert said["rows"]["enquiries_enquiry"] == len(kept)
    database.close()
