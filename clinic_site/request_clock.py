"""When the request at hand reached this process: what waited for a thread has waited already. Pure."""

import time
from contextvars import ContextVar

_received_at: ContextVar[float | None] = ContextVar("received_at", default=None)


def start() -> None:
    """The request at hand is here, whole; called where it comes in, in the context that its thread gets."""
    _received_at.set(time.monotonic())


def received_at() -> float:
    """The moment, by time.monotonic(); now where nobody has said, as in a command."""
    known = _received_at.get()
    return time.monotonic() if known is None else known
