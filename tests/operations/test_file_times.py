"""The times of the edition's files: what changed gets one that no reader has seen, what did not keeps its own."""

import fcntl
import os
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from clinic_site.clinic.file_mapping import take_in
from clinic_site.operations import static_export
from clinic_site.operations.file_times import ENDINGS
from clinic_site.operations.static_export import EditionWriter, current
from clinic_site.pagecache import last_modified
from clinic_site.pagecache.models import LastSecond
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page

pytestmark = pytest.mark.django_db
AN_HOUR = 3_600
# What nginx and Caddy tell a page from its former self by, in each coding: when (in seconds), and how long.
Told = dict[str, tuple[int, int]]


def told(place: str = "safety") -> Told:
    files = {coding: current() / place / f"index.html{ENDINGS[coding]}" for coding in ENDINGS}
    return {name: (int(file.stat().st_mtime), file.stat().st_size) for name, file in files.items()}


def body(place: str = "safety") -> bytes:
    return (current() / place / "index.html").read_bytes()


def second(place: str = "safety") -> int:
    """The one second of a page in all its codings."""
    (found,) = {at for at, _ in told(place).values()}
    return found


def call(number: int) -> None:
    take_in(details={"phone": f"604-555-{number:04}"})


@contextmanager
def clock(monkeypatch: pytest.MonkeyPatch, *, ahead: float) -> Iterator[None]:
    """The machine's clock so many seconds off."""
    with monkeypatch.context() as moved:
        now = time.time
        moved.setattr(time, "time", lambda: now() + ahead)
        moved.setattr(time, "time_ns", lambda: int((now() + ahead) * 1e9))
        yield


def test_forty_phone_numbers_in_a_row_are_told_apart_in_every_coding(writer: EditionWriter) -> None:
    seen = [told()]
    for number in random.Random(7).sample(range(101, 10_000), 40):
        call(number)
        writer.keep_in_step()
        assert f"604-555-{number:04}".encode() in body()
        for before in seen:
            assert not set(before.items()) & set(told().items())
            assert second() > before["identity"][0]
        seen.append(told())


def test_pages_that_did_not_change_keep_their_time(writer: EditionWriter) -> None:
    before = told("")
    publish(
        page=Page.objects.get(path="safety"), words={"title": "safety", "body": "New."}, by=None
    )
    was = second()
    writer.keep_in_step()
    assert (told(""), second() > was) == (before, True)


def test_a_worker_that_starts_again_keeps_the_times(writer: EditionWriter) -> None:
    before, folder = told(), current().resolve()
    EditionWriter().keep_in_step()
    assert (told(), current().resolve() != folder) == (before, True)


def test_words_that_come_back_get_a_time_of_their_own(writer: EditionWriter) -> None:
    first = second()
    call(4199)
    writer.keep_in_step()
    call(4100)
    writer.keep_in_step()
    assert second() >= first + 2


@pytest.mark.parametrize("copying", ["copytree", "followed"])
def test_a_data_folder_put_back_dates_everything_anew(
    writer: EditionWriter, tmp_path: Path, settings: Settings, copying: str
) -> None:
    backup = shutil.copytree(settings.DATA_DIR, tmp_path / "backup", symlinks=copying == "copytree")
    call(4199)
    writer.keep_in_step()
    latest = second()
    call(4100)  # the database that was put back says what it said
    shutil.rmtree(settings.DATA_DIR)
    shutil.copytree(backup, settings.DATA_DIR, symlinks=copying == "copytree")
    EditionWriter().keep_in_step()
    assert second() > latest


def test_an_edition_put_back_under_a_running_worker_is_written_anew(
    writer: EditionWriter, tmp_path: Path, settings: Settings
) -> None:
    backup = shutil.copytree(settings.DATA_DIR, tmp_path / "backup", symlinks=True)
    call(4199)
    writer.keep_in_step()
    latest = second()
    shutil.rmtree(settings.DATA_DIR)
    shutil.copytree(backup, settings.DATA_DIR, symlinks=True)
    assert writer.keep_in_step() is True
    assert (b"604-555-4199" in body(), second() > latest) == (True, True)


def test_a_database_put_back_gives_no_time_again(writer: EditionWriter) -> None:
    for number in (110, 111, 112):
        call(number)
        writer.keep_in_step()
    latest = second()
    LastSecond.objects.update(value=0)
    call(113)
    writer.keep_in_step()
    assert second() > latest


@pytest.mark.parametrize("lost", ["edition", "editions"])
def test_an_edition_that_was_deleted_gets_later_times(
    writer: EditionWriter, settings: Settings, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    latest = second()
    if lost == "edition":
        current().unlink()
    shutil.rmtree(settings.DATA_DIR / "editions")
    with clock(monkeypatch, ahead=-AN_HOUR):
        assert writer.keep_in_step() is True
    assert second() > latest


def test_a_clock_that_is_set_back_gives_no_time_again(
    writer: EditionWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [second()]
    for ahead in (AN_HOUR, -AN_HOUR, 0, -24 * AN_HOUR):
        call(200 + len(seen))
        with clock(monkeypatch, ahead=ahead):
            writer.keep_in_step()
        assert (current() / "safety" / "index.html").exists()
        assert second() > max(seen)
        seen.append(second())


def test_files_of_an_earlier_release_are_dated_anew(
    writer: EditionWriter, settings: Settings
) -> None:
    """They had the date of the words: somebody may hold other bytes of the same date."""
    old = current().resolve()
    earlier = old.rename(old.with_name(f"{time.time_ns():020d}"))
    current().unlink()
    current().symlink_to(earlier.relative_to(settings.DATA_DIR))
    for file in earlier.rglob("index.html*"):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    EditionWriter().keep_in_step()
    assert second() >= int(time.time()) - 60


def test_two_workers_at_once_give_no_second_twice(writer: EditionWriter) -> None:
    first = last_modified.new_second()
    assert [last_modified.new_second(), last_modified.new_second(after=first + 9)] == [
        first + 1,
        first + 10,
    ]


def test_a_worker_waits_for_another_that_is_writing(
    writer: EditionWriter, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def another(path: Path) -> None:
        with (settings.DATA_DIR / "editions.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                tried.append(path)

    monkeypatch.setattr(static_export, "_swap", another)
    call(4199)
    writer.keep_in_step()
    assert len(tried) == 1


def test_a_codings_file_that_somebody_touched_is_dated_anew_with_the_others(
    writer: EditionWriter,
) -> None:
    os.utime(current() / "safety" / "index.html.gz", (1_600_000_000, 1_600_000_000))
    EditionWriter().keep_in_step()
    assert second() > 1_600_000_000


def test_what_a_killed_worker_left_is_cleared_away(
    writer: EditionWriter, settings: Settings
) -> None:
    left = settings.DATA_DIR / "editions" / f"{time.time_ns():020d}"
    left.mkdir()
    call(4199)
    writer.keep_in_step()
    assert not left.exists()
