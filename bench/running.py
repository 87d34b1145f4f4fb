"""Programs that are measured: started, waited for until they answer, stopped."""

import http.client
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from bench.machine import SERVER_CORE, cpu_seconds, pinned
from clinic_site.env import BASE_DIR
from tests.serving import Site, untouched

WORK = BASE_DIR / "var" / "bench"
CODINGS = "gzip, deflate, br"  # what a phone's browser accepts
PATIENCE = 120.0
FORWARDED = {"X-Forwarded-Proto": "https"}  # believed from this machine, as every proxy's
NO_HEADERS: Mapping[str, str] = {}
Ask = Callable[[int, str], tuple[int, bytes]]
MOST_IDLE = 0.05  # seconds of the processor in a second


def environment(**variables: str) -> dict[str, str]:
    """The variables for a program under measurement: compiled Python is kept, as it is where a site lives."""
    kept = {name: value for name, value in untouched().items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(WORK / "compiled")} | variables


def ask(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    """Status and body of one GET; OSError when nobody listens."""
    return _got(http.client.HTTPConnection("127.0.0.1", port, timeout=30), path, headers)


def ask_forwarded(port: int, path: str) -> tuple[int, bytes]:
    """The same as a reverse proxy asks for somebody who came by https."""
    return ask(port, path, Host=f"localhost:{port}", **FORWARDED)


def ask_tls(port: int, path: str) -> tuple[int, bytes]:
    """The same by https, with whatever certificate."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    return _got(http.client.HTTPSConnection("localhost", port, timeout=30, context=anybody), path)


def _got(
    connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str] = NO_HEADERS
) -> tuple[int, bytes]:
    with closing(connection):
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        return response.status, response.read()


@contextmanager
def running(
    command: tuple[str, ...],
    *,
    port: int,
    path: str,
    folder: Path,
    variables: Mapping[str, str],
    asking: Ask = ask,
) -> Iterator[subprocess.Popen[bytes]]:
    """The program, from its first 200 at the path until the end of the block; RuntimeError if it never comes."""
    log = folder / f"{port}.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            command, cwd=BASE_DIR, env=dict(variables), stdout=words, stderr=words
        )
    try:
        wait_for_200(port, path, process, log, asking)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait_for_200(
    port: int, path: str, process: subprocess.Popen[bytes], log: Path, asking: Ask
) -> bytes:
    """Ask until the page comes; its body."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status, body = asking(port, path)
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


def prepared_site(folder: Path, **variables: str) -> Site:
    """The shipped site over a fresh data folder, started once so that tables, words, files and edition are there."""
    site = Site(folder / "data")
    site.environment |= _pythons() | variables
    site.start()
    try:
        edition = site.public_dir / "edition" / "index.html"
        deadline = time.monotonic() + PATIENCE
        while not edition.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        site.stop()
    return site


def one_worker() -> tuple[str, ...]:
    """The whole site on one core; its variables are to say WORKERS=1."""
    return pinned(SERVER_CORE, sys.executable, "manage.py", "serve")


def _pythons() -> dict[str, str]:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return {"PYTHONPYCACHEPREFIX": str(WORK / "compiled")}
