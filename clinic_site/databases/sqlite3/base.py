"""SQLite's connections: closed when the file could not be written, or is another one, since they opened it."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.db.backends.sqlite3 import base, features

from clinic_site.databases.stale_connections import DoubtingMixin


@dataclass(frozen=True)
class _File:
    """Which file lies at a path, and whether this process may write it."""

    device: int
    number: int
    is_writable: bool


class DatabaseFeatures(features.DatabaseFeatures):
    """Django's own, but for one that it asks the database for: one that is locked passes for one without JSON."""

    supports_json_field = (
        True  # built into every SQLite since 3.38, and into the older ones of Linux
    )


class DatabaseWrapper(DoubtingMixin, base.DatabaseWrapper):
    """Django's own, that knows which file it opened and whether that could be written.

    SQLite opens a file that it may not write for reading, and does not say so.
    """

    features_class = DatabaseFeatures
    _opened: _File | None = None

    def connect(self) -> None:
        """Open it, and remember how the file was before and after."""
        before = self._file()
        super().connect()
        self._opened = before if before == self._file() else None

    def is_doubtful(self) -> bool:
        """Whether the file is another one now, or was not to be written when it was opened, or is not now."""
        return self._file() != self._opened or not getattr(self._opened, "is_writable", True)

    def _file(self) -> _File | None:
        """What lies at the path now; None where nothing does, as for a database in memory."""
        path = Path(self.settings_dict["NAME"])
        try:
            found = path.stat()
        except OSError:
            return None
        return _File(found.st_dev, found.st_ino, os.access(path, os.W_OK))
