"""The processes of a running site, found through /proc, and somebody who starts the site anew when it dies."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from tests.serving import Site

PROC = Path("/proc")
PATIENCE = 60.0  # seconds for anything to come about on a busy machine
LOOK = 0.01  # seconds between looks


def wait_for(is_so: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Look until it is so; raises AssertionError when it takes too long."""
    look, deadline = threading.Event(), monotonic() + patience
    while not is_so():
        assert monotonic() < deadline, f"waited {patience:.0f} s for {what}"
        look.wait(LOOK)


def parents() -> dict[int, int]:
    """Every living process with its parent."""
    found = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    found[int(entry.name)] = int(parent)
    return found


def children(pid: int, family: dict[int, int] | None = None) -> list[int]:
    """The living children of a process, among those of `family` (each with its parent)."""
    family = parents() if family is None else family
    return sorted(child for child, parent in family.items() if parent == pid)


def processes_over(folder: Path) -> list[int]:
    """Every living process that was started with this data folder."""
    mark, found = f"DATA_DIR={folder}".encode(), []
    for pid in parents():
        with contextlib.suppress(OSError):
            if mark in (PROC / str(pid) / "environ").read_bytes().split(b"\0"):
                found.append(pid)
    return found


def kill(pid: int) -> bool:
    """kill -9; whether there was such a process."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


class Keeper:
    """Starts the site, and starts it again whenever it ends, as systemd or Docker would."""

    def __init__(self, site: Site, *, before: tuple[str, ...] = ()) -> None:
        self.site = site
        self.before = before  # a program that becomes the site, such as setpriv and its options
        self.starts = 0
        self.is_stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> "Keeper":
        self.thread.start()
        wait_for(self.site.is_listening, "the site to listen")
        return self

    def __exit__(self, *exc: object) -> None:
        self.is_stopping.set()
        if self.process is not None:
            self.process.terminate()
        self.thread.join(PATIENCE)
        for pid in processes_over(self.site.data_dir):
            kill(pid)

    def master(self) -> int | None:
        """The process that `manage.py serve` is; None while there is none."""
        process = self.process
        return process.pid if process is not None and process.poll() is None else None

    def arbiter(self) -> int | None:
        """gunicorn's own parent process: the one of the master's children that has children."""
        family = parents()
        ours = children(self.master() or -1, family)
        return next((pid for pid in ours if children(pid, family)), None)

    def web_workers(self) -> list[int]:
        """The processes that answer requests."""
        return children(self.arbiter() or -1)

    def mail_worker(self) -> int | None:
        """The process of `run_worker`: the master's child that has none of its own."""
        arbiter = self.arbiter()
        others = [pid for pid in children(self.master() or -1) if pid != arbiter]
        return others[0] if arbiter and others else None

    def _keep(self) -> None:
        with self.site.words_file.open("ab") as words:
            while not self.is_stopping.is_set():
                self.starts += 1
                self.process = subprocess.Popen(
                    (*self.before, sys.executable, "manage.py", "serve"),
                    cwd=self.site.code,
                    env=self.site.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=words,
                    stderr=words,
                    start_new_session=True,
                )
                self.process.wait()
                # A killed site's children may hold the port for a moment more.
                self.is_stopping.wait(LOOK)
