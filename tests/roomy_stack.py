"""Room on Python's own stack for what a test calls, so that its time says nothing about how deep it began.

CPython up to 3.12 keeps the frames of a thread in chunks of 16 kB, and gives one back as soon as the last frame in
it is left: a loop that calls at the very edge of a chunk maps and unmaps memory at each call. That took a quarter of
the processor's time of the editor's tests. A frame too large for a chunk gets one of its own, of up to twice its size;
all that is called from there fits into the rest. Source: github.com/python/cpython/issues/142183 (mended in 2026).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

_LOCALS = 17_000  # of 8 bytes: 136 kB, so that 120 kB of the chunk's 256 are left
_NAMES = "=".join(f"_{number}" for number in range(_LOCALS))
_made: dict[str, Any] = {}
exec(
    f"def call(function, args, kwargs):\n return function(*args, **kwargs)\n {_NAMES} = None", _made
)


def with_room(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, called from a frame that leaves room behind it."""

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        return _made["call"](function, args, kwargs)

    return called
