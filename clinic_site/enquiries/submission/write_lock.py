"""Whose turn it is to write, and how long an enquiry may wait for that: 4 seconds for it all, then the patient is told.

SQLite lets whoever finds the database busy sleep, up to 100 ms at a time, and wakes nobody: left to it, the database
stands idle while patients sleep, and the unlucky ones sleep long. So patients queue here, where one hands over to the
next within a millisecond, and SQLite's own waiting is left for the worker and the staff.

SQLite also waits separately for the start of a transaction and for its commit, each as long as the connection's
`timeout`, so without this a busy database could hold a patient for twice that.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import OperationalError, connection, transaction

from clinic_site import request_log

WHOLE = 4.0  # seconds since the form arrived, waiting for a thread included; the answer is to be there within 6
READ = 2.0  # for whoever only reads
COMMIT = 1.0  # of which kept back for the commit
LEAST = 0.2
LOOK = 0.0005  # seconds between looks whether the other process is done
DOOR = "enquiries.lock"  # in DATA_DIR; the kernel opens it again when its holder is killed
_TURN = threading.Lock()


@contextmanager
def turn() -> Iterator[float]:
    """Wait until nobody else keeps an enquiry; gives the moment until which all is to be done (time.monotonic()).

    OperationalError when it takes too long. What is read from the database meanwhile waits no longer either.
    """
    until = request_log.received_at() + WHOLE
    with _among_threads(until), _among_processes(until), busy_until(until - COMMIT):
        yield until


@contextmanager
def brief_reads() -> Iterator[None]:
    """Who reads within waits READ seconds for a database that somebody holds; the form is then shown without it."""
    with busy_until(request_log.received_at() + READ):
        yield


@contextmanager
def patient_transaction(*, until: float) -> Iterator[None]:
    """A durable transaction, within a turn, that gives up with OperationalError at that moment."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            _limit_postgresql()
        yield
        _allow(until)


@contextmanager
def _among_threads(until: float) -> Iterator[None]:
    if not _TURN.acquire(timeout=_left(until - COMMIT)):
        raise OperationalError("the enquiries before this one are still waiting for the database")
    try:
        yield
    finally:
        _TURN.release()


@contextmanager
def _among_processes(until: float) -> Iterator[None]:
    """Only one of the site's processes at a time; no matter on PostgreSQL, where they don't hinder each other."""
    door = _open_door() if connection.vendor == "sqlite" else None
    if door is None:
        yield
        return
    try:
        _enter(door, time.monotonic() + _left(until - COMMIT))
        yield
    finally:
        os.close(door)


def _open_door() -> int | None:
    """A file to lock; None where there is no room for one: then SQLite's own waiting has to do."""
    with suppress(OSError):
        return os.open(settings.DATA_DIR / DOOR, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return None


def _enter(door: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise OperationalError("another process is still waiting for it") from None
            time.sleep(LOOK)


@contextmanager
def busy_until(until: float) -> Iterator[None]:
    """Within, SQLite waits until that moment at the longest for whoever holds the database; then as usual again."""
    connection.ensure_connection()
    usual = connection.settings_dict.get("OPTIONS", {}).get("timeout", WHOLE)
    try:
        _allow(until)
        yield
    finally:
        if connection.connection is not None:
            _allow(time.monotonic() + usual)


def _allow(until: float) -> None:
    """Let SQLite wait so long; other databases are told once, inside the transaction."""
    if connection.vendor == "sqlite":
        connection.connection.execute(f"PRAGMA busy_timeout = {round(_left(until) * 1000)}")


def _left(until: float) -> float:
    return max(until - time.monotonic(), LEAST)


def _limit_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '4s'")
