"""Fixtures for every room's tests.

`published`: the shipped content in the test's database. `site`: the real server over the shipped content.
`page`, `open_page`, `watch`: a real Chromium (see tests/browsing.py).
"""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.browsing import browser, open_page, page, watch
from tests.serving import site

__all__ = ["browser", "open_page", "page", "published", "site", "synced_rows", "watch"]
Rows = dict[str, list[tuple[object, ...]]]


class Undo(Exception):
    """Leaves a transaction without keeping it."""


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(scope="session")
def synced_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rows:
    """Every row that taking in the shipped content makes, by table; made once, nothing kept in the database."""
    rows: Rows = {}
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                call_command("sync_content", verbosity=0)
                rows = _rows()
                raise Undo
        except Undo:
            return rows


def _rows() -> Rows:
    skipped = ("django_", "auth_", "sqlite_")
    tables = [t for t in connection.introspection.table_names() if not t.startswith(skipped)]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchall()
    return found


@pytest.fixture
def published(db: None, synced_rows: Rows) -> None:
    """The shipped content, live in this test's database."""
    with connection.cursor() as cursor:
        for table, rows in synced_rows.items():
            name = connection.ops.quote_name(table)
            cursor.execute(f"DELETE FROM {name}")
            if rows:
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
