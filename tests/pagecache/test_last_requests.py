"""A web process that is told to stop answers who is connected to it, and then lets go of everybody."""

import http.client
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from time import monotonic
from typing import Any

import pytest
from uvicorn import Config, Server

from clinic_site.pagecache.gunicorn_worker import LAST_WAIT, SiteWorker
from tests.faults.processes import wait_for
from tests.serving import free_port

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


async def hello(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    length = [(b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.body", "body": b"hello"})


class Running:
    """uvicorn with the site's worker's configuration, in a thread."""

    def __init__(self) -> None:
        self.port = free_port()
        config = Config(
            hello, port=self.port, log_config=None, **SiteWorker.CONFIG_KWARGS | {"lifespan": "off"}
        )
        self.server = Server(config)
        self.thread = threading.Thread(target=self.server.run)

    def connect(self) -> http.client.HTTPConnection:
        """A connection that the server has accepted."""
        before = len(self.server.server_state.connections)
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        caller.connect()
        wait_for(lambda: len(self.server.server_state.connections) > before, "the connection")
        return caller

    def begin_to_stop(self) -> None:
        """Tell it to stop, and return once it accepts nobody any more."""
        self.server.should_exit = True
        wait_for(self._is_closed, "its port to be closed")

    def _is_closed(self) -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) != 0


@pytest.fixture
def running() -> Iterator[Running]:
    made = Running()
    made.thread.start()
    wait_for(lambda: made.server.started, "a start")
    yield made
    made.server.should_exit = made.server.force_exit = True
    made.thread.join(20)


def ask(caller: http.client.HTTPConnection) -> tuple[bytes, str | None]:
    """What is answered, and what the answer says of the connection."""
    caller.request("POST", "/", b"name=A")
    answer = caller.getresponse()
    return answer.read(), answer.headers["Connection"]


def test_who_is_connected_and_has_not_asked_yet_is_answered(running: Running) -> None:
    caller = running.connect()
    running.begin_to_stop()
    assert ask(caller) == (b"hello", "close")


def test_a_connection_that_a_web_server_keeps_takes_a_last_form(running: Running) -> None:
    caller = running.connect()
    assert ask(caller) == (b"hello", None)
    running.begin_to_stop()
    assert ask(caller) == (b"hello", "close")


def test_who_never_asks_holds_up_no_stop(running: Running) -> None:
    running.connect()
    began = monotonic()
    running.begin_to_stop()
    running.thread.join(20)
    assert not running.thread.is_alive()
    assert monotonic() - began < LAST_WAIT
