"""PostgreSQL's connections, which are closed when the server lets them only read."""

from django.db.backends.postgresql import base

from clinic_site.databases.stale_connections import DoubtingMixin

# The server tells these by itself, when a connection opens and when they change (PostgreSQL 14 and newer).
READ_ONLY = "default_transaction_read_only", "in_hot_standby"


class DatabaseWrapper(DoubtingMixin, base.DatabaseWrapper):
    """Django's own, that asks what the server said of this connection; no question to the server is needed."""

    def is_doubtful(self) -> bool:
        """Whether it can only read: the default of its day stays with it after the default has changed."""
        if self.connection is None or self.connection.closed:
            return False
        said = self.connection.info.parameter_status
        return any(said(name) == "on" for name in READ_ONLY)
