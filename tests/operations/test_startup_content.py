"""A start takes content/ in by the verb of `manage.py sync_content`, says what it did, and warns of what is wrong."""

import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError
from pytest_django import Settings

from clinic_site.operations.startup import NotReady, require_home, take_content_in
from clinic_site.pages.models import Page
from tests.content_sync.folder import ContentFolder, run


@pytest.fixture
def content(db: None, tmp_path: Path, settings: Settings) -> ContentFolder:
    """A content folder with a file at fault and a sound one."""
    settings.CONTENT_DIR = settings.SHIPPED_CONTENT_DIR = tmp_path / "content"
    folder = ContentFolder(settings.CONTENT_DIR)
    folder.write("aftercare.md", "Words.")
    folder.write("safety.md", "Words.", layout="no such layout")
    return folder


def started() -> tuple[bool, list[str], list[str]]:
    """Whether a start finds nothing to warn of; what it says; what it warns of."""
    said: list[str] = []
    warned: list[str] = []
    return take_content_in(say=said.append, warn=warned.append), said, warned


def test_a_file_at_fault_is_told_with_its_line_and_the_others_are_taken_in(
    content: ContentFolder,
) -> None:
    is_clean, said, warned = started()
    assert not is_clean
    assert Page.objects.get().path == "aftercare"
    assert any(line.startswith("created") for line in said)
    assert warned[0].startswith("content/safety.md:")
    assert warned[-1] == "1 fault; what is at fault is held back, all else is taken in."


def test_a_start_says_what_the_command_says(content: ContentFolder) -> None:
    _, said, warned = started()
    again = run("sync_content")
    assert again.faults == warned[:-1]
    assert again.failure == warned[-1]
    assert again.summary == "0 created, 0 updated, 1 unchanged, 0 kept (staff), 0 conflict"
    assert said[-1] == "1 created, 0 updated, 0 unchanged, 0 kept (staff), 0 conflict"


def test_nothing_is_warned_of_when_all_is_well(content: ContentFolder) -> None:
    content.remove("safety.md")
    assert started()[0] is True


def test_a_busy_database_is_a_sentence_and_no_stack_trace(
    content: ContentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**_: object) -> None:
        raise OperationalError("database is locked") from sqlite3.OperationalError()

    monkeypatch.setattr("clinic_site.content_sync.sync_content.sync", busy)
    is_clean, _, warned = started()
    assert not is_clean
    assert warned == [
        "The database is busy: something else has been writing to it for too long."
        " Nothing was changed; run `manage.py sync_content` again."
    ]


def test_a_machine_that_is_told_so_leaves_the_words_to_another(
    content: ContentFolder, settings: Settings
) -> None:
    settings.CONTENT_SYNC = False
    assert started() == (True, [], [])
    assert not Page.objects.exists()


def test_such_a_machine_waits_for_a_home_page(content: ContentFolder, settings: Settings) -> None:
    settings.CONTENT_SYNC = False
    with pytest.raises(NotReady, match="start the machine that takes the words in first"):
        require_home()
