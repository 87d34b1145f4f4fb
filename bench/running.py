"""Programs that are measured: started, waited for until they answer, stopped."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.machine import SERVER_CORE, cpu_seconds, pinned
from clinic_site.env import BASE_DIR
from tests.serving import Site, untouched

WORK = BASE_DIR / "var" / "bench"
CODINGS = "gzip, deflate, br"  # what a phone's browser accepts
PATIENCE = 120.0
MOST_IDLE = 0.05  # seconds of the processor in a second


def environment(**variables: str) -> dict[str, str]:
    """The variables for a program under measurement: compiled Python is kept, as it is where a site lives."""
    kept = {name: value for name, value in untouched().items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(WORK / "compiled")} | variables


@contextmanager
def running(
    command: tuple[str, ...], *, port: int, path: str, folder: Path, variables: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """The program, from its first 200 at the path until the end of the block; RuntimeError if it never comes."""
    log = folder / f"{port}.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            command, cwd=BASE_DIR, env=dict(variables), stdout=words, stderr=words
        )
    try:
        wait_for_200(port, path, process, log)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait_for_200(port: int, path: str, process: subprocess.Popen[bytes], log: Path) -> bytes:
    """Ask until the page comes; its body."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status, body = ask(port, path)
        except OSError:
            time.sleep(0.002)
            continue
        if status == 200:
            return body
        raise RuntimeError(f"{path} answers {status}: {log.read_text()[-2000:]}")
    raise RuntimeError(f"It does not start: {log.read_text()[-2000:]}")


def let_settle(pid: int) -> None:
    """Wait until a program and those below it have done what they do after a start."""
    deadline = time.monotonic() + PATIENCE
    idle = False
    while not idle and time.monotonic() < deadline:
        before = cpu_seconds(pid)
        time.sleep(1)
        idle = cpu_seconds(pid) - before < MOST_IDLE


def ask(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    """Status and body of one GET; OSError when nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def prepared_site(folder: Path) -> Site:
    """The shipped site over a fresh data folder, started once so that tables, words, files and edition are there."""
    site = Site(folder / "data", **_pythons())
    site.start()
    try:
        edition = site.public_dir / "edition" / "index.html"
        deadline = time.monotonic() + PATIENCE
        while not edition.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        site.stop()
    return site


def one_worker(site: Site) -> tuple[str, ...]:
    """The site's own gunicorn with its own settings, alone, one worker on one core."""
    gunicorn = (sys.executable, "-m", "gunicorn", "--config", "python:clinic_site.gunicorn_conf")
    return pinned(SERVER_CORE, *gunicorn, "--workers", "1")


def _pythons() -> dict[str, str]:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return {"PYTHONPYCACHEPREFIX": str(WORK / "compiled")}
