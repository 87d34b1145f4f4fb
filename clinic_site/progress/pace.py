"""Work that gives way: between its steps it rests, so that what people wait for goes first.

All jobs of the worker share one interpreter. A job that looks at every page computes for seconds; the page that was
published in that time would come that much later. The worker says `with unhurried():` around such a job, whose verbs
say `for thing in paced(things)`; the same verbs called by a command or a view never rest.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic, sleep
from typing import TypeVar

RESTS = 2  # times as long as the step before
LONGEST_REST = 1.0  # seconds; a step that waited for something else need not be waited for again
_is_unhurried: ContextVar[bool] = ContextVar("is_unhurried", default=False)
T = TypeVar("T")


@contextmanager
def unhurried() -> Iterator[None]:
    """What is done within, in this thread, gives way."""
    token = _is_unhurried.set(True)
    try:
        yield
    finally:
        _is_unhurried.reset(token)


def paced(things: Iterable[T]) -> Iterator[T]:
    """One after the other, with a rest after each where this work gives way."""
    for thing in things:
        began = monotonic()
        yield thing
        if _is_unhurried.get():
            sleep(min(RESTS * (monotonic() - began), LONGEST_REST))
