"""The parent of the site's processes: which ends it starts again, which end it, what it passes on."""

import signal
import subprocess
import sys

import pytest

from clinic_site.env import BASE_DIR

# The parts say what happens to them on standard output, so that a test can wait for a line instead of for time.
SITE = """
import os, signal, sys
from clinic_site.operations.supervisor import Part, Supervisor

def web():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit({web_exit}))
    os.write(1, b"web begins\\n")  # one call: two processes write here
    {web_body}

def worker():
    os.write(1, b"worker begins\\n")
    {worker_body}

web = Part("web", web, is_essential=True, renewed_by=signal.SIGHUP)
sys.exit(Supervisor([web, Part("worker", worker, is_essential=False)]).run())
"""
WAIT = "\n    while True: signal.pause()"


def start(
    *, web_body: str = WAIT, worker_body: str = WAIT, web_exit: int = 0
) -> subprocess.Popen[str]:
    """The supervisor over two made-up parts, which does not ignore SIGHUP where the tests do (nohup)."""
    script = SITE.format(web_body=web_body, worker_body=worker_body, web_exit=web_exit)
    return subprocess.Popen(
        ("env", "--default-signal=HUP", sys.executable, "-c", script),
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )


def lines(process: subprocess.Popen[str], count: int) -> list[str]:
    """The next lines that any part writes."""
    assert process.stdout
    return sorted(process.stdout.readline().strip() for _ in range(count))


def end(process: subprocess.Popen[str]) -> int:
    """The exit code; all output is read first, which ends only when no part holds it open any more."""
    assert process.stdout
    process.stdout.read()
    return process.wait(60)


def test_the_web_server_is_asked_to_renew_itself_and_nothing_stops() -> None:
    listens = "signal.signal(signal.SIGHUP, lambda *_: os.write(1, b'renews\\n'))"
    site = start(web_body=f"{listens}\n    os.write(1, b'listens\\n'){WAIT}")
    assert lines(site, 3) == ["listens", "web begins", "worker begins"]
    site.send_signal(signal.SIGUSR1)
    assert lines(site, 1) == ["renews"]
    assert site.poll() is None
    site.terminate()
    assert end(site) == 0


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_stops_all_parts(by: signal.Signals) -> None:
    site = start()
    assert lines(site, 2) == ["web begins", "worker begins"]
    site.send_signal(by)
    assert end(site) == 0


def test_a_worker_that_ends_is_started_again() -> None:
    site = start(worker_body="raise RuntimeError('no mail today')")
    assert lines(site, 4) == ["web begins", "worker begins", "worker begins", "worker begins"]
    site.terminate()
    assert end(site) == 0


def test_a_worker_that_ends_without_fault_is_started_again_too() -> None:
    site = start(worker_body="return")
    assert lines(site, 3) == ["web begins", "worker begins", "worker begins"]
    site.terminate()
    assert end(site) == 0


def test_the_end_of_the_web_server_is_the_end_of_the_site() -> None:
    site = start(web_body="sys.exit(0)")
    assert end(site) == 1


def test_a_web_server_that_stops_with_an_error_is_told_apart() -> None:
    site = start(web_exit=3)
    lines(site, 2)
    site.terminate()
    assert end(site) == 1
