"""The worker: runs each job in a thread of its own, so that one that fails or waits holds up no other."""

import logging
import os
import select
import signal
import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext
from types import FrameType

from django.db import close_old_connections, connections

from clinic_site import request_log
from clinic_site.operations import heartbeat
from clinic_site.operations.heartbeat import Runs
from clinic_site.operations.jobs import Job
from clinic_site.progress.pace import unhurried

LOOK = 1.0  # seconds between looks at the parent and at the time each job takes
BEAT_EVERY = 5.0  # seconds
LAST_WAIT = 8.0  # seconds that running jobs have to come to an end; the supervisor kills after 9
WORTH_TELLING = 1.0  # seconds; most runs of most jobs find nothing to do
NICE = 10  # patients who are waiting for a page come first
HUNG = 75  # exit code, EX_TEMPFAIL of sysexits.h: start it again
logger = logging.getLogger(__name__)


class Worker:
    """Runs jobs until it is told to stop, or until the parent it was started by is gone."""

    def __init__(self, jobs: Sequence[Job], *, parent: int | None = None) -> None:
        self.jobs = jobs
        self.parent = parent
        self.runs = {job.name: Runs() for job in jobs}
        self.began: dict[str, float] = {}  # what runs at the moment, by a clock that never jumps
        self.stopping = threading.Event()

    def run_once(self) -> bool:
        """Run every job one time, here; whether all went well."""
        outcomes = [self.run_job(job) for job in self.jobs]
        return all(outcomes)

    def run(self) -> None:
        """Run the jobs until SIGTERM or SIGINT, then let those that have to come to an end do so."""
        threads = {
            job: threading.Thread(target=self._repeat, args=(job,), name=job.name, daemon=True)
            for job in self.jobs
        }
        os.nice(NICE)
        wake = _wake_on_signals()
        for thread in threads.values():
            thread.start()
        self._watch(wake)
        self.stopping.set()
        end = time.monotonic() + LAST_WAIT
        for job, thread in threads.items():
            thread.join(0.0 if job.can_be_left else max(0.0, end - time.monotonic()))
        heartbeat.path().unlink(missing_ok=True)

    def _watch(self, wake: int) -> None:
        """Look after the jobs until a signal arrives or the parent is gone."""
        last_beat = 0.0
        while not select.select([wake], [], [], LOOK)[0] and not self._is_orphan():
            self._require_progress()
            if time.monotonic() - last_beat >= BEAT_EVERY:
                last_beat = time.monotonic()
                self._beat()

    def run_job(self, job: Job) -> bool:
        """One run, whatever comes of it; whether it went well. The log gets no words that people typed."""
        runs = self.runs[job.name]
        runs.began_at = time.time()
        self.began[job.name] = time.monotonic()
        outcome: object = None
        try:
            close_old_connections()  # those that are in doubt by what has happened since the last run
            outcome = job.run()
            runs.failures_in_a_row = 0
        except Exception:
            runs.failures_in_a_row += 1
            logger.exception("The job “%s” failed", job.name)
        finally:
            runs.began_at, runs.ended_at = None, time.time()
            took = time.monotonic() - self.began.pop(job.name)
            if outcome or runs.failures_in_a_row or took > WORTH_TELLING:
                is_well = not runs.failures_in_a_row
                request_log.tell(job=job.name, is_well=is_well, ms=round(took * 1000))
            close_old_connections()
        return runs.failures_in_a_row == 0

    def _repeat(self, job: Job) -> None:
        try:
            self.stopping.wait(job.first_after.total_seconds())
            while not self.stopping.is_set():
                began = time.monotonic()
                with unhurried() if job.gives_way else nullcontext():
                    self.run_job(job)
                self.stopping.wait(max(0.0, job.every.total_seconds() - time.monotonic() + began))
        finally:
            connections.close_all()

    def _require_progress(self) -> None:
        for job in self.jobs:
            began = self.began.get(job.name, time.monotonic())
            if time.monotonic() - began > job.limit.total_seconds():
                logger.error("The job “%s” hangs; the worker ends to be started again", job.name)
                os._exit(HUNG)

    def _is_orphan(self) -> bool:
        return self.parent is not None and os.getppid() != self.parent

    def _beat(self) -> None:
        try:
            heartbeat.write(self.runs)
        except OSError:
            logger.exception("The worker cannot write its sign of life")


def _wake_on_signals() -> int:
    """A descriptor that can be read from once SIGTERM or SIGINT has arrived."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _noted)
    return reader


def _noted(number: int, frame: FrameType | None) -> None:
    """A signal that has arrived; the pipe carries the news."""
