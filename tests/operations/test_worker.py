"""The worker: jobs that fail or wait hold up no other, it says that it lives, and it ends when told to."""

import logging
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from clinic_site.operations import heartbeat, worker
from clinic_site.operations.heartbeat import Beat, Runs
from clinic_site.operations.jobs import JOBS, Job
from clinic_site.operations.management.commands import run_worker
from clinic_site.operations.worker import Worker
from clinic_site.progress import pace
from clinic_site.progress.pace import paced

OFTEN = timedelta(milliseconds=5)


@pytest.fixture(autouse=True)
def _place(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = settings.PUBLIC_DIR = tmp_path
    settings.BACKUP_NIGHTLY = False  # of a database in memory there is none


@pytest.fixture(autouse=True)
def _usual_signals(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(worker, "NICE", 0)
    usual = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    signal.set_wakeup_fd(-1)
    for number, handler in usual.items():
        signal.signal(number, handler)


class Counted:
    """A job's function that ends the worker after so many runs."""

    def __init__(self, enough: int) -> None:
        self.enough = enough
        self.runs = 0
        self.beat: Beat | None = None

    def __call__(self) -> None:
        self.runs += 1
        if self.runs >= self.enough and heartbeat.path().exists():
            self.beat = heartbeat.read()
            signal.raise_signal(signal.SIGTERM)


def fail() -> None:
    raise ValueError("Ada Lovelace, 604 555 0142")


def test_a_job_that_fails_holds_up_no_other() -> None:
    good = Counted(20)
    Worker([Job("bad", OFTEN, fail), Job("good", OFTEN, good)]).run()
    assert good.runs >= 20


def test_a_job_that_waits_holds_up_no_other() -> None:
    release, good = threading.Event(), Counted(20)
    worker = Worker([Job("slow", OFTEN, release.wait), Job("good", OFTEN, good)])
    threading.Timer(0, lambda: worker.stopping.wait() and release.set()).start()
    worker.run()
    assert good.runs >= 20


@pytest.mark.parametrize("gives_way", [True, False])
def test_only_a_job_that_gives_way_rests_between_its_steps(
    monkeypatch: pytest.MonkeyPatch, *, gives_way: bool
) -> None:
    rests: list[float] = []
    monkeypatch.setattr(pace, "sleep", rests.append)
    good = Counted(20)

    def look() -> None:
        assert list(paced("ab")) == ["a", "b"]

    Worker([Job("look", OFTEN, look, gives_way=gives_way), Job("good", OFTEN, good)]).run()
    assert bool(rests) is gives_way


def test_a_first_run_that_waits_is_given_up_by_a_stop() -> None:
    late = Counted(1)
    good = Counted(20)
    Worker(
        [Job("late", OFTEN, late, first_after=timedelta(hours=1)), Job("good", OFTEN, good)]
    ).run()
    assert (late.runs, good.runs >= 20) == (0, True)


def test_a_stop_waits_for_what_has_to_end_and_for_nothing_else() -> None:
    release, ended = threading.Event(), threading.Event()

    def end_after_the_stop() -> None:
        worker.stopping.wait()
        ended.set()

    has_to_end = Job("mail", OFTEN, end_after_the_stop)
    worker = Worker(
        [
            Job("pages", OFTEN, release.wait, can_be_left=True),
            has_to_end,
            Job("good", OFTEN, Counted(1)),
        ]
    )
    worker.run()
    assert ended.is_set()
    assert worker.began.keys() == {"pages"}  # still at it
    release.set()


def test_no_mail_and_no_deletion_is_left_in_the_middle() -> None:
    left = {job.name for job in JOBS if job.can_be_left}
    assert left == {
        "edition",
        "pictures",
        "backup",
        "checks",
        "links to other sites",
        "quality of the search",
    }


@pytest.mark.django_db
def test_a_failure_is_logged_without_what_people_typed(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        Worker([Job("bad", OFTEN, fail)]).run_once()
    [record] = caplog.records
    assert "bad" in record.getMessage()
    assert "Ada" not in record.getMessage()


def test_a_failing_job_is_told_in_the_sign_of_life() -> None:
    good = Counted(20)
    Worker([Job("bad", OFTEN, fail), Job("good", OFTEN, good)]).run()
    assert good.beat is not None
    assert good.beat.is_fresh()
    assert set(good.beat.jobs) == {"bad", "good"}


def test_a_clean_stop_takes_the_sign_of_life_away() -> None:
    Worker([Job("good", OFTEN, Counted(1))]).run()
    assert heartbeat.read() is None


def test_the_worker_ends_when_its_parent_is_gone() -> None:
    stranger = 1 if worker.os.getppid() != 1 else 2
    Worker([Job("good", OFTEN, lambda: None)], parent=stranger).run()
    assert heartbeat.read() is None


def test_a_job_that_hangs_ends_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    release, codes = threading.Event(), []

    def exited(code: int) -> None:
        codes.append(code)
        release.set()
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(worker.os, "_exit", exited)
    monkeypatch.setattr(worker, "LOOK", 0.01)
    Worker([Job("hangs", OFTEN, release.wait, limit=timedelta(milliseconds=20))]).run()
    assert codes[0] == worker.HUNG


@pytest.mark.django_db
def test_once_runs_each_job_and_tells_of_a_failure() -> None:
    good = Counted(99)
    assert Worker([Job("good", OFTEN, good)]).run_once()
    assert not Worker([Job("bad", OFTEN, fail), Job("good", OFTEN, good)]).run_once()
    assert good.runs == 2


@pytest.mark.django_db
def test_once_runs_a_named_job_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, other = Counted(99), Counted(99)
    jobs = (Job("mail", OFTEN, wanted), Job("edition", OFTEN, other))
    monkeypatch.setattr(run_worker, "JOBS", jobs)
    with pytest.raises(SystemExit) as ended:
        call_command("run_worker", "--once", "--job", "mail")
    assert (ended.value.code, wanted.runs, other.runs) == (0, 1, 0)


def test_a_worker_that_goes_on_does_all_of_the_work() -> None:
    """Its sign of life would say of all other jobs that they do not run."""
    with pytest.raises(SystemExit, match="--job is for --once"):
        call_command("run_worker", "--job", "mail")


@pytest.mark.django_db
def test_a_job_that_recovers_is_no_longer_failing() -> None:
    answers: Iterator[Exception | None] = iter([OSError("No"), None])

    def run() -> None:
        if error := next(answers):
            raise error

    job = Job("moody", OFTEN, run)
    worker = Worker([job])
    worker.run_job(job)
    assert worker.runs["moody"].failures_in_a_row == 1
    worker.run_job(job)
    assert worker.runs["moody"].failures_in_a_row == 0


@pytest.mark.parametrize("words", ["", "{", "[]", '{"at": "x"}', '{"at": 1, "pid": 2, "jobs": 3}'])
def test_a_sign_of_life_that_cannot_be_read_is_none(words: str) -> None:
    heartbeat.path().write_text(words)
    assert heartbeat.read() is None


def test_a_sign_of_life_grows_old() -> None:
    heartbeat.write({"mail": Runs(failures_in_a_row=2)})
    beat = heartbeat.read()
    assert beat is not None
    assert beat.is_fresh()
    assert not beat.is_fresh(beat.at + heartbeat.FRESH + 1)
    assert beat.failing() == ["mail"]


@pytest.mark.django_db
def test_the_command_runs_every_job_once() -> None:
    with pytest.raises(SystemExit) as end:
        call_command("run_worker", once=True)
    assert end.value.code == 0


def test_job_names_are_told_apart() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
