"""The site as people meet it: the real `manage.py serve` on a free port over a data folder of its own."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR, VARIABLES
from tests.real_clinic import TAKE_IN

PATIENCE = 60  # seconds that a start may take on a busy machine
A_KEY = "the key of every site of the tests that is told no other"


def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_listening(port: int) -> None:
    """Return once a connection to this port of the loopback is taken."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, f"nobody listens on {port}"
        time.sleep(0.05)


def untouched() -> dict[str, str]:
    """The variables of this process without the site's own and without what the tests set for themselves."""
    own = {*VARIABLES, "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {name: value for name, value in os.environ.items() if name not in own}


class Site:
    """One running site: where it listens, where its data is, and its own `manage.py`."""

    def __init__(self, folder: Path, *, code: Path = BASE_DIR, **variables: str) -> None:
        self.code = code
        self.data_dir = folder
        self.public_dir = folder / "public"  # what a web server in front may read
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        own = {"DATA_DIR": str(folder), "PORT": str(self.port)}
        if variables.get("DATABASE_URL", "").startswith("postgres"):
            own["SECRET_KEY"] = A_KEY  # which such a site asks for
        self.environment = untouched() | own | variables
        self.process: subprocess.Popen[str] | None = None
        self.words_file = folder.parent / f"{folder.name}.words"

    def start(
        self,
        command: tuple[str, ...] = (sys.executable, "manage.py", "serve"),
        *,
        patience: float = PATIENCE,
    ) -> None:
        """Start it and return once it accepts connections.

        Raises AssertionError with its words when it stops first or takes longer than that (seconds).
        """
        with self.words_file.open("w") as output:
            self.process = subprocess.Popen(
                command,
                cwd=self.code,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        deadline = time.monotonic() + patience
        while not self.is_listening():
            assert self.lives_on(0.05), f"it stopped: {self.words()}"
            assert time.monotonic() < deadline, f"it does not start: {self.words()}"

    def is_listening(self) -> bool:
        """Whether a connection to its port is taken at this moment."""
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0

    def lives_on(self, seconds: float) -> bool:
        """Wait so long for its end; whether it still runs."""
        assert self.process is not None
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop and wait; its exit code."""
        assert self.process is not None
        self.process.send_signal(by)
        return self.process.wait(PATIENCE)

    def words(self) -> str:
        """All that it has written so far."""
        return self.words_file.read_text()

    def manage(
        self, *arguments: str, patience: float = PATIENCE
    ) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` over the same data; the finished process with its text."""
        return subprocess.run(
            (sys.executable, "manage.py", *arguments),
            cwd=self.code,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=patience,
        )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as a first day over the shipped content leaves it: copy it, don't write to it.

    The processes of one run share it: the first makes it, the others wait for that.
    """
    place = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        place = place.parent
    folder = place / "prepared"
    with (place / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "db.sqlite3").exists():
            first = Site(folder)
            first.start()
            assert first.stop() == 0, first.words()
            assert first.manage("shell", "-c", TAKE_IN).returncode == 0
            assert first.manage("run_worker", "--once", patience=3 * PATIENCE).returncode == 0
    return folder


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped site over the shipped content, served for all tests of this process. Read from it, don't write."""
    running = Site(shutil.copytree(prepared, tmp_path_factory.mktemp("site") / "data"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def clinic_site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site for patients to write to; each test under names of its own."""
    folder = tmp_path_factory.mktemp("enquiries") / "data"
    running = Site(shutil.copytree(prepared, folder), WORKERS="1")
    running.start()
    yield running
    running.stop()
