"""gunicorn's threaded worker, which answers finished pages where it notices the request.

A plain request for a page in memory is answered in the worker's own loop: it waits for no thread, so not for a form
that is being saved either, and costs a fifth of the way through gunicorn's parser, its threads and WSGI. Everything
else takes that way. A head that arrives in pieces is waited for in the loop too, so that slow clients hold no thread.
"""

import socket
import time
from concurrent.futures import Future
from functools import lru_cache, partial
from selectors import EVENT_READ
from threading import Thread
from typing import Any

from gunicorn import SERVER
from gunicorn.util import http_date
from gunicorn.workers.gthread import TConn, ThreadWorker

from clinic_site.pagecache.plain_requests import plain_request

LAST_WAIT = 2.0  # seconds for the other side to close
MOST_HEAD = 16 * 1024  # bytes; a longer head goes to gunicorn, which has limits of its own


class PageWorker(ThreadWorker):
    """Serves a WSGI application; quicker where it remembers replies, as `serving.FinishedPages` does."""

    def load_wsgi(self) -> None:
        """Load the application; a thread of its own then reads the stamp, whatever the others wait for."""
        super().load_wsgi()
        if watch := getattr(self.wsgi, "watch", None):
            Thread(target=watch.keep, name="stamp", daemon=True).start()

    def enqueue_req(self, conn: TConn) -> None:
        """A new connection is waited for in the loop until it says something; others go to a thread."""
        if conn.initialized:
            super().enqueue_req(conn)
            return
        conn.init()
        self._wait_for(conn)

    def on_client_socket_readable(self, conn: TConn, client: Any) -> None:
        """Answer here and now if that can be done, else by a thread."""
        if self.alive and self._has_answered(conn):
            return
        super().on_client_socket_readable(conn, client)

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """A connection that ends is seen off beside the others; gunicorn would stand still for it up to two seconds."""
        if not fs.cancelled() and fs.exception() is None and fs.result() is False:
            self._see_off(conn)
        else:
            super().finish_request(conn, fs)

    def _see_off(self, conn: TConn) -> None:
        """Say that no more comes, and close once the other side has read it all (RFC 9112, section 9.6)."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + LAST_WAIT
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._on_last_words, conn))

    def _on_last_words(self, conn: TConn, client: Any) -> None:
        try:
            is_over = not conn.sock.recv(MOST_HEAD)
        except BlockingIOError:
            return
        except OSError:
            is_over = True
        if is_over:
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self._close(conn)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()

    def _wait_for(self, conn: TConn) -> None:
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_client_socket_readable, conn))

    def _has_answered(self, conn: TConn) -> bool:
        """Whether nothing is left to do for now; what was read and not answered is given back to the parser."""
        try:
            said = conn.sock.recv(MOST_HEAD)
        except BlockingIOError:
            return True
        except OSError:
            return False
        head = conn.parser.unreader.take_buffered() + said
        answer = self._answer(head) if said else None
        if answer is None:
            conn.parser.unreader.unread(head)
            return bool(said) and b"\r\n\r\n" not in head and len(head) < MOST_HEAD
        if rest := _send_now(conn, answer):
            self._send_rest(conn, rest)
            return True
        # The connections that wait are kept in the order in which their time is up.
        self.keepalived_conns.remove(conn)
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        return True

    def _answer(self, head: bytes) -> bytes | None:
        pages = self.wsgi
        if not hasattr(pages, "remembered") or (request := plain_request(head)) is None:
            return None
        if (reply := pages.remembered(request)) is None:
            return None
        return b"".join((reply.head, _own_lines(int(time.time())), reply.body))

    def _send_rest(self, conn: TConn, rest: bytes) -> None:
        """A reader who takes no more at the moment is left to a thread."""
        self.poller.unregister(conn.sock)
        self.keepalived_conns.remove(conn)
        task = self.tpool.submit(_send_all, conn, rest)
        task.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )


def _send_now(conn: TConn, answer: bytes) -> bytes:
    """Send what the connection takes at once; the rest."""
    try:
        return answer[conn.sock.send(answer) :]
    except OSError:  # it takes nothing, or is gone: a thread finds out
        return answer


def _send_all(conn: TConn, rest: bytes) -> bool:
    """Send it, however long it takes; True: the connection stays open."""
    conn.sock.setblocking(True)
    conn.sock.sendall(rest)
    return True


@lru_cache(maxsize=1)
def _own_lines(second: int) -> bytes:
    """The headers that gunicorn itself adds, as they are in that second (since 1970), and the end of the head."""
    lines = ("Server", SERVER), ("Date", http_date(second)), ("Connection", "keep-alive")
    return "".join([*(f"{name}: {value}\r\n" for name, value in lines), "\r\n"]).encode()
