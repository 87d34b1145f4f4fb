"""Fixtures for every room's tests.

`published`: the shipped content in the test's database. `site`: the real server over the shipped content.
`page`, `open_page`, `watch`: a real Chromium (see tests/browsing.py).
"""

import gc
import os
from collections.abc import Generator

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer

from clinic_site.clinic import clinic_fallback, opening_cache
from clinic_site.clinic.file_mapping import take_in
from clinic_site.pages.public import not_found
from tests.browser.taps import TOLD
from tests.browsing import browser, open_page, page, watch
from tests.inserting import Statement, insert, statements
from tests.real_clinic import REAL_CLINIC
from tests.roomy_stack import with_room
from tests.serving import clinic_site, prepared, site
from tests.sharing_out import SharingOut

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


# Who asks for one of these takes seconds, the first of them most; a run begins with them.
TAKES_LONG = (
    "built",
    "make_site",
    "desk",
    "site",
    "clinic_site",
    "proxy",
    "postgresql",
    "prepared",
)
REAL = {"built", "prepared", "proxy", "postgresql"}  # a few tests have a made-up site or desk


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> Generator[None]:
    """What takes long comes first, so that no process is left with it at the end.

    On services, what does not touch this process's own database would say nothing new.
    """
    yield
    for item in items:
        if type(item) is pytest.Function:
            item.obj = with_room(item.obj)
    if "TEST_DATABASE_URL" in os.environ:
        items[:] = [item for item in items if _has_database(item)]
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """What there is now lasts as long as the run: the garbage collector need not go through it again."""
    gc.freeze()
    gc.set_threshold(20_000)


def _has_database(item: pytest.Function) -> bool:
    names = set(item.fixturenames)
    has_one = bool(names & {"db", "transactional_db"}) or item.get_closest_marker("django_db")
    return bool(has_one) and names.isdisjoint({*REAL, "page", "site", "clinic_site"})


def _turn(item: pytest.Function) -> int:
    if REAL.isdisjoint(item.fixturenames):
        return len(TAKES_LONG)
    return next(n for n, name in enumerate(TAKES_LONG) if name in item.fixturenames)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SharingOut | None:
    """The way of sharing out for `--dist loadscope`."""
    return SharingOut(config, log) if config.getoption("dist") == "loadscope" else None


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(opening_cache, "READ_EVERY", 0.0)
    monkeypatch.setattr(clinic_fallback, "_last", None)
    monkeypatch.setattr(not_found, "_last", None)


@pytest.fixture(scope="session")
def synced_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Statement]:
    """What inserts every row that taking in the shipped content makes."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("clinic_site.")]
    with django_db_blocker.unblock():
        return statements(_a_real_clinic, ours)


def _a_real_clinic() -> None:
    """The shipped words, and a clinic that is not the sample: that one is not to be listed, and says so."""
    call_command("sync_content", verbosity=0)
    take_in(details=REAL_CLINIC)


@pytest.fixture
def published(db: None, synced_rows: list[Statement]) -> None:
    """The shipped content, live in this test's database."""
    insert(synced_rows)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many taps and seconds each walk of staff took, at the end of the run."""
    passed = terminalreporter.getreports("passed")
    lines = [line for report in passed for line in report.capstdout.splitlines()]
    for line in sorted({line for line in lines if line.startswith(TOLD)}):
        terminalreporter.write_line(line)
