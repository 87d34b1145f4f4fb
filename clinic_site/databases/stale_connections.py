"""When a connection to the database is not to be kept: after any trouble in this process, or when it was opened amiss.

Django asks between requests, and the worker between jobs, whether a connection had an error, then whether it
`is_usable`; only if it is not, Django closes it. It forgets an error with the next rollback, and SQLite's connections
always say that they are usable. So one that SQLite opened for reading only, because the file could not be written at
that moment, would refuse every form until the site is started again.
"""

import time
from typing import TYPE_CHECKING, ClassVar

from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Wrapper = BaseDatabaseWrapper
else:
    Wrapper = object


class Trouble:
    """When any connection of this process last met an error, by a clock that never jumps."""

    last_at: ClassVar[float] = float("-inf")


class DoubtingMixin(Wrapper):
    """Before a `DatabaseWrapper` of Django: every error of the database passes `errors_occurred`, in any thread.

    All threads give up the connections that they opened before it, so that after an outage not each of them has to
    refuse a patient first.
    """

    opened_at = float("-inf")

    def is_doubtful(self) -> bool:
        """Whether this connection was opened amiss; each kind of database knows how to tell."""
        return False

    def connect(self) -> None:
        """Open it, and remember when."""
        began = time.monotonic()
        super().connect()
        self.opened_at = began

    @property
    def errors_occurred(self) -> bool:
        """Whether there is reason to doubt this connection; no rollback takes that away, only opening it anew."""
        return Trouble.last_at >= self.opened_at or self.is_doubtful()

    @errors_occurred.setter
    def errors_occurred(self, value: bool) -> None:
        if value:
            Trouble.last_at = time.monotonic()

    def is_usable(self) -> bool:
        """Whether it can be kept."""
        return not self.errors_occurred and super().is_usable()
