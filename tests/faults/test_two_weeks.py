"""Two weeks of a running site, told by libfaketime: nothing grows but what people wrote and staff published."""

import http.client
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.faults.conftest import MakeSite, change, rows
from tests.faults.patients import FORM, SEE_OTHER
from tests.faults.processes import PROC, processes_over, wait_for
from tests.outbox.sink import Sink
from tests.serving import Site

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
WARM, DAYS = 4, 14  # until everything has come round once, and all of them
DAY, TYPED_FOR, SLACK = 24 * 3600, 60, 20  # seconds
READ = ("/", "/safety/", "/faq/", "/search/?q=knee", "/search/?q=nowhere+at+all", "/no-such-page/")
TIMES = 5  # that each is read in a day
WAITING = "SELECT count(*) FROM outbox_outboundemail WHERE state = 'waiting'"
# A steady clock that is left alone is more than the library's own way of sleeping can bear.
SLEEP = "import select, time; time.sleep = lambda seconds: select.select([], [], [], seconds)"
# Rows of each day: an enquiry, its line in the audit, the mails to the clinic and to the patient; a page's words.
STORED = {
    "enquiries_enquiry": 1,
    "enquiries_enquiryevent": 1,
    "outbox_outboundemail": 2,
    "pages_revision": 1,
}
# SQLite's own tables below the search: what is added lies in pieces of its own until it puts them together.
PIECES, MOST_PIECES = ("search_index_data", "search_index_idx"), 2.0
WRITTEN = 1.2  # times the files of one moment: an edition may be half written
KEPT = 7 + 4 + 12  # backups of days, weeks and months
FEW, HARDLY = 3, 1.03  # of what the processes hold: what may vary from one moment to another
# What staff publish, and everything that the worker ever does, within one start of Django.
AN_EVENING = """
from django.core.management import call_command
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page
page = Page.objects.get(path="how-we-write")
publish(page=page, words=page.revisions.live().get().words(), by=None)
call_command("run_worker", "--once")
"""


class Clock:
    """The clock of all processes of a site: so many seconds ahead of this machine's."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.ahead = 0
        file.with_name("sitecustomize.py").write_text(SLEEP)
        self.set_on(0)

    def set_on(self, seconds: int) -> None:
        """Move it on; nobody reads a half-written time."""
        self.ahead += seconds
        new = self.file.with_suffix(".new")
        new.write_text(f"+{self.ahead}s\n")
        new.replace(self.file)

    def is_told(self, site: Site) -> bool:
        """Whether the site's answers are of the new time; processes look once a second."""
        date = parsedate_to_datetime(ask(site, "/healthz", 0)[2]["Date"])
        return date.timestamp() > time.time() + self.ahead - SLACK

    def variables(self) -> dict[str, str]:
        """What a process needs to go by it. What a steady clock measures is left alone, and so are files' times."""
        return {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "PYTHONPATH": str(self.file.parent),
        }

    def date(self, files: Path, since: float) -> None:
        """Files that were written after that time of this machine get the time that the site had."""
        for path in files.rglob("*"):
            with suppress(FileNotFoundError):
                at = path.lstat().st_mtime
                if since <= at and not path.is_symlink():
                    os.utime(path, (at + self.ahead, at + self.ahead))


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    if not LIBRARY:
        pytest.skip("faketime is not installed (Debian: sudo apt install faketime)")
    return Clock(tmp_path / "clock")


@pytest.fixture
def site(make_site: MakeSite, clock: Clock, outer_sink: Sink) -> Iterator[Site]:
    mail = f"smtp://127.0.0.1:{outer_sink.port}"
    made = make_site(EMAIL_URL=mail, WORKERS="1", **clock.variables())
    # The sites of others are not asked.
    change(made, "UPDATE pages_externallink SET checked_at = '2100-01-01'")
    made.start()
    yield made
    made.stop()


def ask(
    site: Site, path: str, number: int, form: dict[str, str] | None = None
) -> tuple[int, str, Message]:
    """One request of that day's patient: status, page and headers."""
    caller = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {"Host": "localhost", "X-Forwarded-For": f"10.1.0.{number + 1}"}
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        caller.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        answer = caller.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    finally:
        caller.close()


def a_day_goes_by(site: Site, clock: Clock, number: int) -> None:
    """Patients read and look for what is nowhere, one sends a form; staff publish; all jobs come round."""
    for path in READ * TIMES:
        ask(site, path, number)
    found = re.search('name="form" value="([^"]+)"', ask(site, FORM, number)[1])
    assert found
    clock.set_on(TYPED_FOR)
    wait_for(lambda: clock.is_told(site), "the new time")
    told = {
        "form": found[1],
        "name": f"Patient {number}",
        "email": f"patient-{number}@clinic.example",
        "areas": "knee",
        "prefers": "either",
        "message": "Words.",
        "consent": "on",
    }
    status, page, _ = ask(site, FORM, number, told)
    assert status == SEE_OTHER, page
    evening = site.manage("shell", "-c", AN_EVENING, patience=180)
    assert evening.returncode == 0, evening.stderr
    wait_for(lambda: not rows(site, WAITING)[0][0], "the mails of the day")


@dataclass(frozen=True)
class Size:
    """How much of everything there is at one moment."""

    rows: Counter[str]  # by table
    files: Counter[str]  # by folder of the data
    held: Counter[str]  # by the processes of the site

    @classmethod
    def of(cls, site: Site) -> "Size":
        """The site's, at this moment."""
        named = rows(site, "SELECT name FROM sqlite_master WHERE type = 'table'")
        counts = {name: rows(site, f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in named}
        found = (path for path in site.data_dir.rglob("*") if path.is_file())
        folders = Counter("/".join(p.relative_to(site.data_dir).parts[:2][:-1]) for p in found)
        return cls(Counter({str(k): int(str(v)) for k, v in counts.items()}), folders, held(site))


def held(site: Site) -> Counter[str]:
    """Memory (KiB), threads and open files of all processes of the site together."""
    found: Counter[str] = Counter()
    for pid in processes_over(site.data_dir):
        with suppress(OSError):
            lines = (PROC / str(pid) / "status").read_text().splitlines()
            status = dict(line.split(":", 1) for line in lines)
            found["memory"] += int(status["VmRSS"].split()[0])
            found["threads"] += int(status["Threads"])
            found["open files"] += len(list((PROC / str(pid) / "fd").iterdir()))
    return found


def grown(before: Counter[str], after: Counter[str]) -> dict[str, int]:
    """What has become more, by how much."""
    return {name: count - before[name] for name, count in after.items() if count > before[name]}


@pytest.mark.long
@pytest.mark.timeout(3600)  # a minute a day on a busy machine
def test_nothing_grows_but_what_was_stored(site: Site, clock: Clock) -> None:
    sizes = []
    for number in range(DAYS):
        if number == WARM:
            sizes.append(Size.of(site))
        began = time.time()
        a_day_goes_by(site, clock, number)
        clock.date(site.data_dir, began)
        clock.set_on(DAY)
    before, after = sizes[0], Size.of(site)
    told = {
        what: grown(getattr(before, what), getattr(after, what))
        for what in ("rows", "files", "held")
    }
    print(f"From day {WARM} to day {DAYS} grew: {told}")
    print(f"In all: {dict(after.held)}, {sum(after.files.values())} files")
    print(site.words())
    for table in PIECES:
        told["rows"].pop(table, None)
        assert after.rows[table] <= before.rows[table] * MOST_PIECES
    days = DAYS - WARM
    assert told["rows"] == {table: each * days for table, each in STORED.items()}
    assert set(told["files"]) <= {"backups", "public"}
    assert after.files["public"] <= before.files["public"] * WRITTEN
    assert after.files["backups"] <= KEPT
    assert after.held["open files"] <= before.held["open files"] + FEW
    assert after.held["threads"] <= before.held["threads"] + FEW
    assert after.held["memory"] <= before.held["memory"] * HARDLY
    said = [line for line in site.words().splitlines() if " ERROR " in line]
    assert [line for line in said if "The clock of this machine was set" not in line] == []
