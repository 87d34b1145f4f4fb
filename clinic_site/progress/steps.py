"""How far a long job is: a bar on a terminal, plain lines in a pipe, nothing where no command asked for it.

A command says `with shown():`; the verbs that it calls say `for thing in each(things, "Pictures")`, whoever calls them.
What takes less than two seconds says nothing.
"""

import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO, TypeVar

from tqdm import tqdm

SHORT = 2.0  # seconds
LINE_EVERY = 5.0  # seconds between lines in a pipe
_stream: ContextVar[TextIO | None] = ContextVar("stream", default=None)
T = TypeVar("T")
Add = Callable[[int], object]


@contextmanager
def shown(stream: TextIO | None = None) -> Iterator[None]:
    """What is done within tells how far it is, on standard error unless another stream is given."""
    token = _stream.set(stream or sys.stderr)
    try:
        yield
    finally:
        _stream.reset(token)


def each(things: Collection[T], what: str) -> Iterator[T]:
    """One after the other."""
    with counting(len(things), what) as add:
        for thing in things:
            yield thing
            add(1)


@contextmanager
def counting(total: int, what: str, *, unit: str = "") -> Iterator[Add]:
    """Gives what is to be called with each number that was done; `unit`: "B" for bytes."""
    stream = _stream.get()
    if stream is None:
        yield lambda number: None
    elif stream.isatty():
        with tqdm(
            total=total,
            desc=what,
            unit=unit,
            unit_scale=bool(unit),
            file=stream,
            delay=SHORT,
            leave=False,
            dynamic_ncols=True,
        ) as bar:
            yield bar.update
    else:
        yield _Lines(stream, total, what).add


class _Lines:
    """Says a line every few seconds, in hundredths of the whole."""

    def __init__(self, stream: TextIO, total: int, what: str) -> None:
        self._stream, self._total, self._what = stream, total, what
        self._done, self._next = 0, time.monotonic() + SHORT

    def add(self, number: int) -> None:
        self._done += number
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + LINE_EVERY
            share = min(100, 100 * self._done // max(1, self._total))
            print(f"{self._what}: {share} %", file=self._stream, flush=True)
