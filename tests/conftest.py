"""Fixtures for every room's tests.

`published`: the shipped content in the test's database. `site`: the real server over the shipped content.
`page`, `open_page`, `watch`: a real Chromium (see tests/browsing.py).
"""

import os
import re
from collections.abc import Generator
from functools import partial

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from clinic_site.clinic import known, remembered
from clinic_site.pages import lost
from tests.browsing import browser, open_page, page, watch
from tests.inserting import Statement, insert, statements
from tests.serving import clinic_site, prepared, site

__all__ = [
    "browser",
    "clinic_site",
    "open_page",
    "page",
    "prepared",
    "published",
    "site",
    "synced_rows",
    "watch",
]

# How long an example takes says how busy the machine is, not whether the code is right. CI tries the same examples
# each time; at a desk new ones are made up.
settings.register_profile(
    "site",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("site")


# Sites that many tests share: all of those go to one process of the run, which starts the site once.
SHARED_SITES = ("clinic_site", "desk", "peopled", "site")
NAME_OF_GROUP = re.compile(r"@[^@\]]*$")
TAKES_LONG = {"prepared", "postgresql"}  # who asks for these starts processes of its own


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> Generator[None]:
    """What is shared stays together, and what takes long comes first: no process is left with it at the end."""
    for item in items:
        for name in SHARED_SITES:
            if name in item.fixturenames:
                item.add_marker(pytest.mark.xdist_group(name))
    yield
    items.sort(key=lambda item: TAKES_LONG.isdisjoint(item.fixturenames))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test keeps its name, to which pytest-xdist adds where it belongs: `--last-failed` looks for it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        report.nodeid = NAME_OF_GROUP.sub("", report.nodeid)


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(remembered, "READ_EVERY", 0.0)
    monkeypatch.setattr(known, "_last", None)
    monkeypatch.setattr(lost, "_last", None)


@pytest.fixture(scope="session")
def synced_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Statement]:
    """What inserts every row that taking in the shipped content makes."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("clinic_site.")]
    with django_db_blocker.unblock():
        return statements(partial(call_command, "sync_content", verbosity=0), ours)


@pytest.fixture
def published(db: None, synced_rows: list[Statement]) -> None:
    """The shipped content, live in this test's database."""
    insert(synced_rows)
