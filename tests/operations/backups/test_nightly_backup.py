"""The worker's backup of each night: when there is one to make, and what stays of the older ones."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from clinic_site.operations import backup_record
from clinic_site.operations.backups import nightly
from clinic_site.operations.backups.manifest import Refused


@pytest.fixture
def made(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where backups were asked for; making one itself has tests of its own."""
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    settings.BACKUP_NIGHTLY, settings.BACKUP_KEEP = True, (1, 0, 0)
    settings.BACKUP_DIR.mkdir()
    asked: list[Path] = []
    monkeypatch.setattr(nightly, "make", asked.append)
    return asked


def last(age: timedelta) -> None:
    backup_record.write(datetime.now(UTC) - age)


def test_where_there_is_none_one_is_made_at_once(made: list[Path]) -> None:
    assert nightly.back_up_nightly() is True
    assert len(made) == 1


def test_one_of_today_is_enough(made: list[Path]) -> None:
    last(timedelta(seconds=0))
    assert nightly.back_up_nightly() is False
    assert made == []


def test_one_of_two_days_ago_is_not(made: list[Path]) -> None:
    last(timedelta(days=2))
    assert nightly.back_up_nightly() is True


def test_an_operator_who_makes_them_is_left_alone(made: list[Path], settings: Settings) -> None:
    settings.BACKUP_NIGHTLY = False
    assert nightly.back_up_nightly() is False


def test_older_ones_go_once_a_new_one_is_there(made: list[Path], settings: Settings) -> None:
    names = [f"clinic-2026010{day}T100000.000000Z.tar.gz" for day in (1, 2, 3)]
    for name in names:
        (settings.BACKUP_DIR / name).touch()
    nightly.back_up_nightly()
    assert [path.name for path in settings.BACKUP_DIR.iterdir()] == names[2:]


def test_where_none_could_be_made_no_older_one_goes(
    made: list[Path],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(folder: Path) -> None:
        raise Refused("No backup was made: the disk is full.")

    monkeypatch.setattr(nightly, "make", fails)
    names = {f"clinic-2026010{day}T100000.000000Z.tar.gz" for day in (1, 2, 3)}
    for name in names:
        (settings.BACKUP_DIR / name).touch()
    with pytest.raises(Refused):
        nightly.back_up_nightly()
    assert {path.name for path in settings.BACKUP_DIR.iterdir()} == names
    assert "the disk is full" in caplog.text
