"""The request at hand, for the log: a number of its own, and the pattern of its address, never what was typed.

Kept in a context that the request's thread shares with the event loop. With LOG_JSON each request is one line:
`{"time": …, "request": "5f0c…", "method": "POST", "route": "book/", "status": 303, "ms": 41}`.
"""

import json
import logging
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


@dataclass
class Current:
    """`route`: the pattern that the address fits, "" until Django has found one."""

    number: str = field(default_factory=lambda: secrets.token_hex(6))
    route: str = ""
    began: float = field(default_factory=time.monotonic)


_current: ContextVar[Current | None] = ContextVar("current_request", default=None)


def begin() -> Current:
    """A request is here; called where it comes in, in the context that its thread gets."""
    current = Current()
    _current.set(current)
    return current


def number() -> str:
    """The number of the request at hand; "" outside of any."""
    current = _current.get()
    return current.number if current else ""


def received_at() -> float:
    """When it was here, whole, by time.monotonic(): what waited for a thread has waited already; now outside of any."""
    current = _current.get()
    return current.began if current else time.monotonic()


def end(current: Current, *, method: str, status: int) -> None:
    """It was answered: one line, where they are wanted."""
    tell(
        request=current.number,
        method=method if method.isascii() and method.isalpha() else "?",
        route=current.route,
        status=status,
        ms=round((time.monotonic() - current.began) * 1000),
    )


def tell(**facts: object) -> None:
    """One line of JSON, where they are wanted (LOG_JSON)."""
    if logger.isEnabledFor(logging.INFO):
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        logger.info(json.dumps({"time": now, **facts}, ensure_ascii=True))


class NoteRoute:
    """Middleware: the log learns which pattern the address fits; of an address that fits none, it learns nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        current = _current.get()
        if current is not None and request.resolver_match is not None:
            current.route = request.resolver_match.route or "/"
        return response
