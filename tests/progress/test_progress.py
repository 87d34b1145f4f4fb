"""How far a long command is: a bar on a terminal, plain lines in a pipe, nothing in the worker or for a short job."""

import io
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from clinic_site.artwork.icons import pictures
from clinic_site.operations.backups.sqlite import copy
from clinic_site.operations.backups.verify import verify
from clinic_site.operations.crawler import Crawler
from clinic_site.operations.static_export import EditionWriter
from clinic_site.progress import steps as progress
from clinic_site.progress.steps import each, shown
from clinic_site.search.index.indexing import bring_up_to_date
from tests.operations.releases.make_release import KEPT
from tests.serving import Site


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every job counts as long, and each step is told."""
    monkeypatch.setattr(progress, "SHORT", 0.0)
    monkeypatch.setattr(progress, "LINE_EVERY", 0.0)


def told(stream: io.StringIO, things: list[int]) -> str:
    with shown(stream):
        assert list(each(things, "Counting")) == things
    return stream.getvalue()


def test_a_terminal_has_a_bar(impatient: None) -> None:
    said = told(Terminal(), [1, 2, 3, 4])
    assert "Counting" in said
    assert "\r" in said
    assert "|" in said


def test_a_pipe_has_plain_lines(impatient: None) -> None:
    assert told(io.StringIO(), [1, 2, 3, 4]).splitlines() == [
        "Counting: 25 %",
        "Counting: 50 %",
        "Counting: 75 %",
        "Counting: 100 %",
    ]


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()], ids=["terminal", "pipe"])
def test_what_is_done_at_once_says_nothing(stream: io.StringIO) -> None:
    assert told(stream, [1, 2, 3]) == ""


def test_where_no_command_asked_for_it_nothing_is_said(
    impatient: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(each([1, 2], "Counting")) == [1, 2]
    assert capsys.readouterr() == ("", "")


def test_a_job_that_fails_ends_its_own_telling(impatient: None) -> None:
    stream = io.StringIO()
    with pytest.raises(ValueError), shown(stream):
        for _ in each([1, 2], "Counting"):
            raise ValueError
    assert list(each([1], "Later")) == [1]
    assert "Later" not in stream.getvalue()


JOBS: dict[str, Callable[[Path], object]] = {
    "Drawing": lambda folder: pictures(),
    "Having pages found": lambda folder: bring_up_to_date(),
    "Writing the edition": lambda folder: EditionWriter().keep_in_step(),
}


@pytest.mark.parametrize("what", JOBS)
def test_each_long_job_tells_how_far_it_is(
    what: str, impatient: None, published: None, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = settings.PUBLIC_DIR = tmp_path
    stream = io.StringIO()
    with shown(stream):
        JOBS[what](tmp_path)
    assert f"{what}: 100 %" in stream.getvalue().splitlines()


def test_a_copy_of_the_database_tells_how_far_it_is(impatient: None, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "db")) as database:
        database.execute("CREATE TABLE filler AS SELECT zeroblob(20000000)")
    stream = io.StringIO()
    with shown(stream):
        copy(tmp_path / "db", tmp_path / "copy")
    lines = stream.getvalue().splitlines()
    assert len(lines) > 2
    assert lines[-1] == "Copying the database: 100 %"


def test_opening_a_backup_tells_how_far_it_is(impatient: None) -> None:
    stream = io.StringIO()
    with shown(stream):
        verify(KEPT / "1.0.0" / "sqlite.tar.gz")
    assert "Opening sqlite.tar.gz: 100 %" in stream.getvalue().splitlines()


@pytest.mark.usefixtures("db")
def test_taking_content_in_tells_on_the_terminal_that_typed_it(
    impatient: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Path(__file__).parents[1] / "operations" / "releases" / "words"
    settings.CONTENT_DIR, settings.SHIPPED_CONTENT_DIR = words, words
    monkeypatch.setattr(sys, "stderr", Terminal())
    call_command("sync_content", verbosity=0)
    assert "Taking the words in" in sys.stderr.getvalue()


def test_an_audit_tells_how_far_it_is(impatient: None, site: Site) -> None:
    stream = io.StringIO()
    with shown(stream):
        Crawler(site.url, most=5).crawl()
    assert stream.getvalue().startswith("Looking at pages: ")
