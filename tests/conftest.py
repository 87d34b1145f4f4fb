"""Fixtures for every room's tests.

`published`: the shipped content in the test's database. `site`: the real server over the shipped content.
`page`, `open_page`, `watch`: a real Chromium (see tests/browsing.py).
"""

import copy
import os

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from clinic_site.clinic import known, remembered
from clinic_site.pages import lost
from tests.browsing import browser, open_page, page, watch
from tests.serving import prepared, site

__all__ = ["browser", "open_page", "page", "prepared", "published", "site", "synced_rows", "watch"]
Rows = dict[type[Model], list[Model]]

# How long an example takes says how busy the machine is, not whether the code is right. CI tries the same examples
# each time; at a desk new ones are made up.
settings.register_profile(
    "site",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("site")


class Undo(Exception):
    """Leaves a transaction without keeping it."""


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(remembered, "READ_EVERY", 0.0)
    monkeypatch.setattr(known, "_last", None)
    monkeypatch.setattr(lost, "_last", None)


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
    ours = [model for model in apps.get_models() if model.__module__.startswith("clinic_site.")]
    return {model: list(model._base_manager.order_by("pk")) for model in ours}


@pytest.fixture
def published(db: None, synced_rows: Rows) -> None:
    """The shipped content, live in this test's database."""
    for model, rows in synced_rows.items():
        model._base_manager.bulk_create(copy.deepcopy(rows))
