"""The stamp of the pages: raised by every verb that changes what a page shows, read by every process."""

import logging
import threading
import time
from datetime import datetime

from django.db import Error, connection
from django.db.models import F
from django.utils import timezone

from clinic_site.logs import describe
from clinic_site.pagecache.models import Moment, Stamp

READ_EVERY = 0.25  # seconds; a change shows in every process within this and one render
COMPLAIN_EVERY = 60.0  # seconds
STILL_GOOD = 3 * READ_EVERY
Value = tuple[int, object]
# Every process asks this four times a second: most of what a site does while nobody reads it. So it stands here as SQL,
# which Django would put together anew each time.
READ = """
SELECT (SELECT value FROM pagecache_stamp WHERE id = 1), (SELECT max(at) FROM pagecache_moment WHERE at <= %s)
"""
logger = logging.getLogger(__name__)


def pages_changed(*, also_at: datetime | None = None) -> None:
    """Say that pages have changed, in the caller's transaction: nothing shows if it is rolled back.

    `also_at`: a later moment at which they change again by themselves.
    """
    if not Stamp.objects.filter(pk=1).update(value=F("value") + 1):
        Stamp.objects.get_or_create(pk=1, defaults={"value": 1})
    if also_at is not None and also_at > timezone.now():
        Moment.objects.get_or_create(at=also_at)


def read() -> Value:
    """The stamp as the database has it now; one query. `django.db.Error` when it can't be read."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(READ, [now])
        value, passed = cursor.fetchone()
    return value or 0, passed


class Watch:
    """The stamp as this process knows it, read at most every READ_EVERY seconds.

    While one thread reads, the others go on with what is known; if nothing is, they wait a little. When the
    database does not answer, what is known stays: patients are better served with what was true a moment ago
    than with an error.
    """

    def __init__(self) -> None:
        self._known: Value | None = None
        self._generation = 0
        self._read_at = self._complained_at = float("-inf")
        self._reading = threading.Lock()

    def generation(self) -> int | None:
        """How many different stamps have been seen, the one in force included; None while none has been read."""
        wait = READ_EVERY if self._known is None else 0
        if self._age() >= READ_EVERY and self._reading.acquire(timeout=wait):
            try:
                # In a thread of its own no request begins, which is when Django looks whether to keep a connection.
                connection.close_if_unusable_or_obsolete()
                self._take(read())
            except Error as error:
                self._complain(error)
                connection.close()
            finally:
                self._read_at = time.monotonic()
                self._reading.release()
        return self._generation or None

    def _complain(self, error: Error) -> None:
        """Once a minute, not four times a second, and in the database's own words."""
        if time.monotonic() - self._complained_at >= COMPLAIN_EVERY:
            self._complained_at = time.monotonic()
            logger.error("The stamp of the pages can't be read: %s", describe(error))

    def known(self) -> int | None:
        """The generation without reading the stamp; None where it is too old and nobody is about to know better."""
        is_fit = self._age() < STILL_GOOD or self._reading.locked()
        return (self._generation or None) if is_fit else None

    def keep(self) -> None:
        """Read it again and again, for ever: the work of a thread, so that `known` knows."""
        while True:
            self.generation()
            time.sleep(READ_EVERY)

    def _take(self, value: Value) -> None:
        if value != self._known:
            self._known, self._generation = value, self._generation + 1

    def _age(self) -> float:
        return time.monotonic() - self._read_at
