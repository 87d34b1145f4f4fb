"""Clients who hold their connections: 500 who send slowly, who read slowly or who say nothing, each from elsewhere."""

import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

STEP = 1.0  # seconds between what one says or reads and the next bit
SENDER_HEAD = (
    b"POST /book/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname="
)
READER_HEAD = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
UNREAD = 3  # answers that each slow reader has asked for


@dataclass
class Kind:
    """What each does when it has connected, and once a second."""

    begin: Callable[[socket.socket, int], object]
    step: Callable[[socket.socket], object]


def _send_slowly(client: socket.socket, number: int) -> None:
    client.sendall(SENDER_HEAD)


def _read_slowly(client: socket.socket, number: int) -> None:
    """Every second one asks for a page that is a file, the others ask the application."""
    path = b"/faq/" if number % 2 else b"/faq/?unread=1"
    client.sendall(READER_HEAD % path * UNREAD)


def _say_nothing(client: socket.socket, number: int) -> None:
    """Every second one says half a line first."""
    client.sendall(b"GET /fa" if number % 2 else b"")


KINDS = {
    "senders": Kind(_send_slowly, lambda client: client.send(b"a")),
    "readers": Kind(_read_slowly, lambda client: client.recv(256)),
    "silent": Kind(_say_nothing, lambda client: None),
}


class Crowd:
    """So many clients of one kind; who is turned away comes back at once."""

    def __init__(self, port: int, kind: Kind, count: int) -> None:
        self.port, self.kind, self.count = port, kind, count
        self.clients: dict[int, socket.socket] = {}
        self.is_over = threading.Event()

    def connected(self) -> int:
        """How many the server still holds a connection with."""
        with selectors.DefaultSelector() as looking:
            for client in list(self.clients.values()):
                looking.register(client, selectors.EVENT_READ)
            ended = 0
            for key, _ in looking.select(0):
                with suppress(BlockingIOError):
                    try:
                        ended += not key.fileobj.recv(1, socket.MSG_PEEK)
                    except OSError:
                        ended += 1
            return len(self.clients) - ended

    @contextmanager
    def holding(self) -> Iterator["Crowd"]:
        """They are all there, and go on until the end of the block."""
        for number in range(self.count):
            self._come(number)
        thread = threading.Thread(target=self._go_on)
        thread.start()
        try:
            yield self
        finally:
            self.is_over.set()
            thread.join()
            for client in self.clients.values():
                client.close()

    def _come(self, number: int) -> None:
        if left := self.clients.pop(number, None):
            left.close()
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(10)
        high, low = divmod(number, 250)
        client.bind((f"127.1.{high}.{low + 1}", 0))
        client.connect(("127.0.0.1", self.port))
        self.kind.begin(client, number)
        client.setblocking(False)
        self.clients[number] = client

    def _go_on(self) -> None:
        while not self.is_over.wait(STEP):
            for number, client in list(self.clients.items()):
                try:
                    is_there = self.kind.step(client) != b""
                except BlockingIOError:
                    is_there = True
                except OSError:
                    is_there = False
                if not is_there:
                    with suppress(OSError):
                        self._come(number)
