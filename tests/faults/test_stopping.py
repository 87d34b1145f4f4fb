"""A stop within the ten seconds that Docker gives, whatever patients and the mail server are in the middle of."""

import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

import pytest

from tests.faults.conftest import MakeSite
from tests.faults.processes import processes_over, wait_for
from tests.faults.test_mail import queue

LIMIT = 10.0  # seconds
HALF_A_FORM = (
    b"POST /book/ HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 500\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname=A"
)


@contextmanager
def silent_server() -> Iterator[socket.socket]:
    """A mail server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_time_with_unfinished_forms_and_a_mail_server_that_hangs(
    make_site: MakeSite, by: signal.Signals
) -> None:
    with silent_server() as server, ExitStack() as open_until_the_end:
        site = make_site(EMAIL_URL=f"smtp://127.0.0.1:{server.getsockname()[1]}")
        queue(site, 1)
        site.start()
        server.settimeout(30)
        open_until_the_end.enter_context(server.accept()[0])  # the worker waits for a greeting
        wait_for((site.data_dir / "worker.json").exists, "a sign of life of the worker")
        for _ in range(12):
            patient = socket.create_connection(("127.0.0.1", site.port))
            open_until_the_end.enter_context(patient)
            patient.sendall(HALF_A_FORM % site.port)
        began = monotonic()
        code = site.stop(by)
        took = monotonic() - began
        assert took < LIMIT, site.words()
        assert code == 0, site.words()
        assert processes_over(site.data_dir) == []
