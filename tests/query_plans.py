"""How SQLite goes about what a page or a verb asks of it: through an index, or through everything there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


def scans(asked: CaptureQueriesContext, *tables: str) -> list[str]:
    """The plans among what was asked that read through all of one of these tables.

    PostgreSQL reads through any table that is as small as those of a test, whatever indexes there are.
    """
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite chooses its plan without looking at how much there is")
    looks = [query["sql"] for query in asked if query["sql"].lstrip().startswith("SELECT")]
    plans = [_plan(sql) for sql in looks if any(table in sql for table in tables)]
    assert plans, f"nothing was asked of {tables}"
    return [plan for plan in plans if any(f"SCAN {table}" in plan for table in tables)]


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[3] for row in cursor.fetchall())
