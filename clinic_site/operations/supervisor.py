"""The processes that make up the running site: one parent that starts them, passes signals on and leaves no orphan.

Each part is a function run in a process forked from this one, which has the code loaded already: the memory is
shared and nothing is imported twice. When an essential part ends, the others are stopped and the exit code is 1, so
that whoever started the site (systemd, Docker) starts it anew; any other part that ends is started again.
"""

import ctypes
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
RENEW = signal.SIGUSR1  # no hang-up of a terminal: that stops the site
LAST_WAIT = (
    9  # seconds from the wish to stop until what is left is killed; Docker kills all after 10
)
LONG_LIFE = 60  # seconds after which a part that dies is started again at once
LONGEST_PAUSE = 30  # seconds before the next try of a part that keeps dying
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True)
class Part:
    """One process of the site: what to run in it, and whether the site can be without it."""

    name: str
    run: Callable[[], object]
    is_essential: bool
    renewed_by: signal.Signals | None = None  # the signal on which it renews its own processes


@dataclass
class _Life:
    part: Part
    began: float
    short_lives: int


class Supervisor:
    """Runs the parts until one that is essential ends or a signal asks to stop.

    Signals are not handled but waited for, one at a time, so nothing ever happens in the middle of something else.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.lives: dict[int, _Life] = {}
        self.is_stopping = False
        self.exit_code = 0

    def run(self) -> int:
        """Start all parts and stay until all have ended; the exit code: 0 after a wished-for, clean stop."""
        wished = {
            number for number in STOP_SIGNALS if signal.getsignal(number) != signal.SIG_IGN
        }  # nohup
        watched = {*wished, RENEW, signal.SIGCHLD, signal.SIGALRM}
        signal.signal(
            signal.SIGCHLD, _nothing
        )  # some systems drop what is ignored, even when it is waited for
        signal.pthread_sigmask(signal.SIG_BLOCK, watched)
        # What is loaded stays out of every part's garbage collection, and so shared. The little that is garbage stays
        # with it: to look for that first would take a tenth of the whole start.
        gc.freeze()
        gc.enable()
        for part in self.parts:
            self._start(part, short_lives=0)
        while self.lives:
            number = signal.sigwait(watched)
            if number == signal.SIGCHLD:
                self._reap()
            elif number == signal.SIGALRM:
                self._send(signal.SIGKILL)
                self.exit_code = 1
            elif number == RENEW:
                self._renew()
            else:
                self._stop()
        return self.exit_code

    def _reap(self) -> None:
        """Ask for every part that has ended; one SIGCHLD may stand for several."""
        for pid in list(self.lives):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._ended(self.lives.pop(pid), os.waitstatus_to_exitcode(status))

    def _start(self, part: Part, *, short_lives: int) -> None:
        pause = min(2 ** (short_lives - 1), LONGEST_PAUSE) if short_lives else 0
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be(part, pause=pause, parent=parent)
        self.lives[pid] = _Life(part, time.monotonic() + pause, short_lives)

    def _ended(self, life: _Life, code: int) -> None:
        if self.is_stopping:
            self.exit_code = self.exit_code or int(life.part.is_essential and code != 0)
        elif life.part.is_essential:
            print(f"The {life.part.name} process ended ({code}); stopping.", file=sys.stderr)
            self.exit_code = 1
            self._stop()
        else:
            lived_long = time.monotonic() - life.began >= LONG_LIFE
            print(
                f"The {life.part.name} process ended ({code}); starting it again.", file=sys.stderr
            )
            self._start(life.part, short_lives=0 if lived_long else life.short_lives + 1)

    def _stop(self) -> None:
        self.is_stopping = True
        signal.alarm(LAST_WAIT)
        self._send(signal.SIGTERM)

    def _renew(self) -> None:
        """Have each part renew its processes; none stops answering for it."""
        for pid, life in self.lives.items():
            if life.part.renewed_by and not self.is_stopping:
                os.kill(pid, life.part.renewed_by)

    def _send(self, number: signal.Signals) -> None:
        for pid in self.lives:
            os.kill(pid, number)  # not reaped yet, so the number is still this part's


def _nothing(number: int, frame: FrameType | None) -> None:
    """Handle a signal by not ignoring it."""


def _be(part: Part, *, pause: float, parent: int) -> NoReturn:
    """Become the part: the rest of this process's life happens here."""
    code = 1
    try:
        # A session of its own: Ctrl-C reaches the parent only, which then stops the parts in good order.
        os.setsid()
        for number in (*STOP_SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        if part.renewed_by:  # until it listens to it: what has just begun needs no renewing
            signal.signal(part.renewed_by, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        end_with(parent)
        time.sleep(pause)
        part.run()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException as error:
        print(f"The {part.name} process failed: {type(error).__name__}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def end_with(parent: int) -> None:
    """Ask the kernel for SIGTERM when the parent is gone, even killed (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            raise SystemExit(1)
