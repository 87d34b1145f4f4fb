"""The real server while another process holds the real database file: an answer within 6 seconds, and no loss."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from tests.enquiries.conftest import ANSWERS
from tests.real_clinic import REAL_CLINIC
from tests.serving import Site

LIMIT = 6.0  # seconds
PHONES = (
    REAL_CLINIC["phone"],
    "604-555-0142",
)  # in the database; in the file


class NoRedirect(HTTPRedirectHandler):
    """Answers 303 as it is."""

    def redirect_request(self, *args: object) -> None:
        """Follow nothing."""


class Answer:
    """Status, text and how long it took."""

    def __init__(self, url: str | Request, data: bytes | None = None) -> None:
        started = time.monotonic()
        try:
            with build_opener(NoRedirect).open(url, data, timeout=30) as response:
                self.status, self.text = response.status, response.read().decode()
        except HTTPError as error:
            self.status, self.text = error.code, error.read().decode()
        self.seconds = time.monotonic() - started

    def form(self) -> str:
        """The pass in the form."""
        return self.text.partition('name="form" value="')[2].partition('"')[0]


@pytest.fixture
def other(clinic_site: Site) -> Iterator[sqlite3.Connection]:
    """Another process's connection to the site's database."""
    held = sqlite3.connect(clinic_site.data_dir / "db.sqlite3", isolation_level=None)
    yield held
    held.close()


def send(site: Site, form: str, **answers: str) -> Answer:
    data = urlencode(ANSWERS | {"form": form} | answers).encode()
    return Answer(f"{site.url}/book/", data)


def kept(other: sqlite3.Connection, name: str) -> int:
    rows = other.execute("SELECT count(*) FROM enquiries_enquiry WHERE name = ?", (name,))
    return int(rows.fetchone()[0])


def refused_in_time(answer: Answer, name: str, form: str) -> None:
    assert answer.status == 503
    assert answer.seconds < LIMIT
    for words in ("It was <strong>not sent</strong>", f'value="{name}"', form):
        assert words in answer.text
    assert any(phone in answer.text for phone in PHONES)


@pytest.mark.parametrize("hold", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_locked_by_a_writer(clinic_site: Site, other: sqlite3.Connection, hold: str) -> None:
    form, name = Answer(f"{clinic_site.url}/book/").form(), f"Ana {hold}"
    other.execute(hold)
    refused_in_time(send(clinic_site, form, name=name), name, form)
    other.execute("ROLLBACK")
    assert kept(other, name) == 0
    assert [send(clinic_site, form, name=name).status for _ in range(2)] == [303, 303]
    assert kept(other, name) == 1


def test_nobody_waits_longer_because_a_process_was_killed_in_its_turn(
    clinic_site: Site, other: sqlite3.Connection
) -> None:
    form = Answer(f"{clinic_site.url}/book/").form()
    program = "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX); print(); input()"
    command = (sys.executable, "-c", program, str(clinic_site.data_dir / "enquiries.lock"))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        refused_in_time(send(clinic_site, form, name="Di Turn"), "Di Turn", form)
        holder.kill()
    assert send(clinic_site, form, name="Di Turn").status == 303


def test_a_reader_that_holds_up_the_commit(clinic_site: Site, other: sqlite3.Connection) -> None:
    form = Answer(f"{clinic_site.url}/book/").form()
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM enquiries_enquiry").fetchone()
    refused_in_time(send(clinic_site, form, name="Bo Reader"), "Bo Reader", form)
    other.execute("ROLLBACK")
    assert kept(other, "Bo Reader") == 0
    assert send(clinic_site, form, name="Bo Reader").status == 303


@pytest.mark.parametrize("query", ["", "?about=conditions/tennis-elbow"])
def test_the_form_itself_is_served_while_locked(
    clinic_site: Site, other: sqlite3.Connection, query: str
) -> None:
    other.execute("BEGIN EXCLUSIVE")
    answer = Answer(f"{clinic_site.url}/book/{query}")
    assert answer.status == 503
    assert answer.seconds < LIMIT
    assert any(phone in answer.text for phone in PHONES)
    assert answer.form()
