"""Turns among the machines of one site: what only one process may do at a time, wherever it runs."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

START = 7_620_001  # of a start: tables and words


@contextmanager
def turn(number: int) -> Iterator[None]:
    """Wait until no other process is within this turn; it ends with the block, or with the connection. DatabaseError.

    On SQLite there is one machine, and its transactions come one after the other as it is.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
