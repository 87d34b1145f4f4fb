"""How long an enquiry may wait for the database: 4.5 seconds for the whole transaction, then the patient is told.

SQLite waits separately for the start of a transaction and for its commit, each as long as the connection's
`timeout`, so without this a busy database could hold a patient for twice that.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

WHOLE = 4.5  # seconds; the answer itself is to be there within 6
COMMIT = 1.0  # of which kept back for the commit
LEAST = 0.2
_TURN = threading.Lock()


@contextmanager
def turn(*, started: float) -> Iterator[None]:
    """Wait until no other thread of this process is keeping an enquiry; OperationalError when it takes too long.

    Threads that wait for each other here hand over at once. In SQLite they would sleep, up to 100 ms at a time, and
    the reading of one would hold up the commit of the next.
    """
    if not _TURN.acquire(timeout=max(started + WHOLE - COMMIT - time.monotonic(), LEAST)):
        raise OperationalError("the enquiries before this one are still waiting for the database")
    try:
        yield
    finally:
        _TURN.release()


@contextmanager
def patient_transaction(*, started: float | None = None) -> Iterator[None]:
    """A durable transaction that gives up with OperationalError WHOLE seconds after `started` (monotonic; now)."""
    started = time.monotonic() if started is None else started
    connection.ensure_connection()
    allow = {"sqlite": _allow_sqlite, "postgresql": _no_limit}.get(connection.vendor, _no_limit)
    usual = connection.settings_dict.get("OPTIONS", {}).get("timeout", WHOLE)
    try:
        allow(started + WHOLE - COMMIT)
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                _limit_postgresql()
            yield
            allow(started + WHOLE)
    finally:
        if connection.connection is not None:
            allow(time.monotonic() + usual)


def _allow_sqlite(until: float) -> None:
    left = max(until - time.monotonic(), LEAST)
    connection.connection.execute(f"PRAGMA busy_timeout = {round(left * 1000)}")


def _no_limit(until: float) -> None:
    """Other databases are told once, inside the transaction."""


def _limit_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '4s'")
