"""ASGI front: answers finished pages from memory in the event loop, hands every other request whole to WSGI threads.

A slow sender or reader is the loop's business and holds no thread: a body is read to its end, within its limit, before
anything runs, and an answer leaves its thread before it is sent. How long a client may take for head and body, and how
many connections it may hold, is the reverse proxy's to limit (docs/operations.md).
"""

from collections.abc import Awaitable, Callable, MutableMapping
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from a2wsgi import WSGIMiddleware

from clinic_site import request_log

if TYPE_CHECKING:  # it reads models, which are there once Django is set up
    from clinic_site.pagecache.page_cache import FinishedPages

Environ = dict[str, Any]
Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApplication = Callable[[Any, Any, Any], Awaitable[None]]

THREADS = 4  # SQLite lets one write at a time
MOST_BODY = 1024 * 1024  # bytes of a request
MOST_STAFF_BODY = 8 * 1024 * 1024  # bytes below /admin/; the proxies allow as much
PICTURES, MOST_PICTURE_BODY = (
    "/admin/images/image/",
    26 * 1024 * 1024,
)  # a photo of 25 MB, its words
SIGNED_IN = b"session="  # in the cookies of somebody who may be
MOST_HELD = (
    2 * 1024 * 1024
)  # bytes of an answer that wait for a slow reader; a longer one waits in its thread
TOO_LARGE = b"This is more than the site takes at once. Nothing was kept."


class Front:
    """The ASGI application. `pages`: the WSGI application behind the memory of finished pages."""

    def __init__(self, pages: "FinishedPages") -> None:
        self.pages = pages
        self.wsgi: AsgiApplication = WSGIMiddleware(cast(Any, pages), workers=THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            # A thread of its own reads the stamp, whatever the others wait for.
            Thread(target=self.pages.watch.keep, name="stamp", daemon=True).start()
            await self.wsgi(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if reply := self.pages.remembered(_environ(scope)):
            await send(_start(reply.code, reply.raw_headers))
            await send({"type": "http.response.body", "body": reply.body})
            request_log.tell(method=scope["method"], page=scope["path"], status=reply.code)
            return
        body = await _whole_body(receive, _limit(scope))
        if body is None:
            await _refuse(send)
            return
        current = request_log.begin()
        answer = _Answer(send)
        await self.wsgi(_with_body(scope, body), _once(body), answer.take)
        await answer.send_held()
        request_log.end(current, method=scope["method"], status=answer.status)


class _Answer:
    """What a thread answers: held until it has all been said, so that a slow reader does not keep the thread."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: list[Message] = []
        self._size = 0
        self.status = 0  # until it is known

    async def take(self, message: Message) -> None:
        """Hold a message; send what is held once it is too much."""
        self.status = message.get("status", self.status)
        self._held.append(message)
        self._size += len(message.get("body", b""))
        if self._size > MOST_HELD:
            await self.send_held()

    async def send_held(self) -> None:
        """Send all that is held."""
        held, self._held, self._size = self._held, [], 0
        for message in held:
            await self._send(message)


def _environ(scope: Scope) -> Environ:
    """The WSGI variables by which a page in memory is chosen."""
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": scope["path"],
        "QUERY_STRING": scope["query_string"],
        "SCRIPT_NAME": scope["root_path"],
        "wsgi.url_scheme": scope["scheme"],
    }
    for name, value in scope["headers"]:
        key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        said = value.decode("latin-1")
        environ[key] = f"{environ[key]},{said}" if key in environ else said
    return environ


def _limit(scope: Scope) -> int:
    """How many bytes this request may have. Photos are taken from those alone who carry a session."""
    path: str = scope["path"]
    if not path.startswith("/admin/"):
        return MOST_BODY
    cookies = (value for name, value in scope["headers"] if name == b"cookie")
    is_signed_in = any(SIGNED_IN in value for value in cookies)
    return MOST_PICTURE_BODY if path.startswith(PICTURES) and is_signed_in else MOST_STAFF_BODY


async def _whole_body(receive: Receive, limit: int) -> bytes | None:
    """The body of the request; None where it is longer than the limit, or its sender is gone."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _with_body(scope: Scope, body: bytes) -> Scope:
    """The request as WSGI shall see it: the length of its body is known, and no header can pass for another."""
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if b"_" not in name and name not in (b"content-length", b"transfer-encoding")
    ]
    return {**scope, "headers": [*kept, (b"content-length", str(len(body)).encode())]}


def _once(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(TOO_LARGE)).encode()),
        (b"connection", b"close"),
    ]
    await send(_start(413, headers))
    await send({"type": "http.response.body", "body": TOO_LARGE})


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}
