"""Fixtures for every room's tests.

`published`: the shipped content in the test's database. `site`: the real server over the shipped content.
`page`, `open_page`, `watch`: a real Chromium (see tests/browsing.py).
"""

import os
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from clinic_site.clinic import known, remembered
from clinic_site.pages import lost
from tests.browsing import browser, open_page, page, watch
from tests.serving import prepared, site

__all__ = ["browser", "open_page", "page", "prepared", "published", "site", "synced_rows", "watch"]
Rows = dict[type[Model], list[Model]]
Statement = tuple[str, Any]
Result = TypeVar("Result")

# How long an example takes says how busy the machine is, not whether the code is right. CI tries the same examples
# each time; at a desk new ones are made up.
settings.register_profile(
    "site",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("site")


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(remembered, "READ_EVERY", 0.0)
    monkeypatch.setattr(known, "_last", None)
    monkeypatch.setattr(lost, "_last", None)


@pytest.fixture(scope="session")
def synced_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Statement]:
    """What inserts every row that taking in the shipped content makes; nothing is kept in the database."""
    with django_db_blocker.unblock():
        rows = _undone(_take_in)
        return _undone(partial(_inserting, rows))


def _undone(work: Callable[[], Result]) -> Result:
    """What the work gives; what it wrote is taken back."""
    with transaction.atomic():
        result = work()
        transaction.set_rollback(True)
    return result


def _take_in() -> Rows:
    call_command("sync_content", verbosity=0)
    ours = [model for model in apps.get_models() if model.__module__.startswith("clinic_site.")]
    return {model: list(model._base_manager.order_by("pk")) for model in ours}


def _inserting(rows: Rows) -> list[Statement]:
    statements: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        for model, ones in rows.items():
            model._base_manager.bulk_create(ones)
    return statements


@pytest.fixture
def published(db: None, synced_rows: list[Statement]) -> None:
    """The shipped content, live in this test's database."""
    with connection.cursor() as cursor:
        for sql, params in synced_rows:
            cursor.execute(sql, params)
