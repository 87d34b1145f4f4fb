"""A confirmation means: on disk. Seen by the system calls of a running site, and by what a full disk comes to."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.faults.conftest import MakeSite, rows
from tests.faults.patients import SEE_OTHER, UNAVAILABLE, fill_in, send
from tests.faults.processes import Keeper, wait_for
from tests.faults.small_disks import file_system

CALLS = "fsync,fdatasync,ftruncate,sendto,sendmsg,write"
SYNC = re.compile(r"f(?:data)?sync\(\d+<[^>]*?/db\.sqlite3(-journal)?>")
CUT = re.compile(r"ftruncate\(\d+<[^>]*?/db\.sqlite3-journal>, 0")
ANSWER = re.compile(r"(?:sendto|sendmsg|write)\(\d+<[^>]*>, .*?HTTP/1\.1 303")


def events(trace: str) -> list[str]:
    """What matters of a trace, in order: "journal" and "database" synced, journal "cut", the "answer"."""
    found = []
    for line in trace.splitlines():
        if "= -1" in line:
            continue
        if sync := SYNC.search(line):
            found.append("journal" if sync[1] else "database")
        elif CUT.search(line):
            found.append("cut")
        elif ANSWER.search(line):
            found.append("answer")
    return found


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_the_enquiry_is_synced_before_the_answer_is_written(
    make_site: MakeSite, tmp_path: Path
) -> None:
    site, [submission] = make_site(WORKERS="1"), fill_in(1)
    trace, words = tmp_path / "trace", tmp_path / "strace.words"
    with Keeper(site) as keeper, words.open("w") as said:
        wait_for(keeper.web_workers, "a process that answers requests")
        [pid] = keeper.web_workers()
        command = ("strace", "-f", "-y", "-e", f"trace={CALLS}", "-o", trace, "-p", str(pid))
        strace = subprocess.Popen(command, stderr=said)
        try:
            wait_for(lambda: "attached" in words.read_text(), "strace to attach")
            status, _, _ = send(site.port, submission)
            wait_for(lambda: "answer" in events(trace.read_text()), "the answer in the trace", 10)
        finally:
            strace.terminate()
            strace.wait(10)
    assert status == SEE_OTHER
    seen = events(trace.read_text())
    before = seen[: seen.index("answer")]
    # The last transaction: what was, synced; what is, synced; the journal cut, and the cut synced.
    assert before[-4:] == ["journal", "database", "cut", "journal"], seen


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB; skipped where this user may not mount one."""
    with file_system(tmp_path / "small", megabytes=24) as place:
        yield place


def fill(place: Path) -> Path:
    """Leave no free byte, also not what somebody gave back since; the file that takes the room."""
    filler = place / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return filler


def test_a_full_disk_confirms_nothing_and_keeps_the_words(
    make_site: MakeSite, small_disk: Path
) -> None:
    site, submissions = make_site(small_disk / "data"), fill_in(8)
    with Keeper(site):
        assert send(site.port, submissions[0])[0] == SEE_OTHER
        refused = []
        for submission in submissions[1:]:
            filler = fill(small_disk)  # a journal cut meanwhile has given room back
            began = monotonic()
            status, location, page = send(site.port, submission)
            assert monotonic() - began < 6
            if status == SEE_OTHER:  # it still fitted into pages that the database had
                submission.location = location
                continue
            assert status == UNAVAILABLE
            assert submission.name in page
            assert f"Words of patient {submission.number}." in page
            assert submission.pass_text in page
            refused.append(submission)
        assert refused
        kept = {name for (name,) in rows(site, "SELECT name FROM enquiries_enquiry")}
        assert kept.isdisjoint(submission.name for submission in refused)
        filler.unlink()
        for submission in refused:
            assert send(site.port, submission)[0] == SEE_OTHER
    counts = rows(site, "SELECT count(*), count(DISTINCT name) FROM enquiries_enquiry")
    assert counts == [(len(submissions), len(submissions))]
    assert rows(site, "SELECT count(*) FROM outbox_outboundemail") == [(2 * len(submissions),)]
    assert rows(site, "PRAGMA integrity_check") == [("ok",)]
