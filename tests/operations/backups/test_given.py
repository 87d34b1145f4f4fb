"""What a tired operator types: a name that is not there, a folder, a key that is gone. One sentence says what is so."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from clinic_site.operations.backups.create import reason
from tests.serving import Site

OLDER, NEWEST = "clinic-20260101T000000.000000Z.tar.gz", "clinic-20260301T000000.000000Z.tar.gz"
COMMANDS = ("verify_backup", "restore")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder with two files that are named like backups, and one that is a note."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    place = tmp_path / "my backups"
    place.mkdir()
    for name in (OLDER, NEWEST, "note"):
        (place / name).write_text("words")
    return place


def answer(*typed: str | Path) -> str:
    """The sentence with which the command ends."""
    name, *rest = map(str, typed)
    with pytest.raises(SystemExit) as end:
        call_command(name, *rest)
    return str(end.value.code)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_is_not_there_is_said_with_the_newest_that_is(
    command: str, folder: Path
) -> None:
    typed = folder / "clinic-2026.tar.gz"
    assert (
        answer(command, typed)
        == f"There is no backup {typed}; the newest there is {folder / NEWEST}."
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_so_is_one_in_a_folder_that_is_not_there(command: str, folder: Path) -> None:
    typed = folder / "older" / NEWEST
    assert answer(command, typed) == f"There is no backup {typed}."


@pytest.mark.parametrize("command", COMMANDS)
def test_so_is_one_below_what_is_no_folder(command: str, folder: Path) -> None:
    typed = folder / "note" / NEWEST
    assert answer(command, typed) == f"There is no backup {typed}."


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_is_told_from_a_backup(command: str, folder: Path) -> None:
    said = answer(command, folder)
    assert (
        said
        == f"{folder} is a folder: name the backup itself; the newest there is {folder / NEWEST}."
    )


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_key_that_is_gone_is_said_before_age_is_asked(command: str, folder: Path) -> None:
    sealed = (folder / NEWEST).rename(folder / f"{NEWEST}.age")
    assert (
        answer(command, sealed, "--identity", folder / "key")
        == f"There is no key {folder / 'key'}."
    )


@pytest.mark.parametrize("name", ["note", "note/below"])
def test_a_backup_into_a_file_is_refused(folder: Path, name: str) -> None:
    said = answer("backup", folder / name)
    assert said == f"{folder / 'note'} is no folder: name another one for the backup."
    assert (folder / "note").read_text() == "words"


def test_a_backup_of_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    """Settings of another shell lead to another folder; nothing is begun there."""
    site = Site(tmp_path / "mistyped", BACKUP_DIR=str(tmp_path / "kept"))
    done = site.manage("backup")
    assert done.returncode == 1
    assert done.stderr.startswith("There is no site to back up: no database at ")
    assert str(site.data_dir) in done.stderr
    assert not (tmp_path / "kept").exists()


def test_what_went_wrong_is_said_of_the_folder_that_was_named() -> None:
    error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/backup/.backup-x7a_2/db.sqlite3")
    assert reason(error) == "/backup: No space left on device"


def test_a_folder_that_may_not_be_read_is_said(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It belongs to the user of the service, say, and somebody else types the command."""

    def shut(path: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    settings.BACKUP_DIR = folder
    monkeypatch.setattr(Path, "iterdir", shut)
    assert answer("verify_backup") == f"{folder} cannot be read: Permission denied."
