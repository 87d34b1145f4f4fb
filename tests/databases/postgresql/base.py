"""The site's own PostgreSQL, whose connection stays open within a test's transaction, as SQLite's in memory does."""

from clinic_site.databases.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Requests and jobs close what is in doubt; within a test's transaction that would end the test."""

    def close(self) -> None:
        """Close it, but within a transaction."""
        if not self.in_atomic_block:
            super().close()
