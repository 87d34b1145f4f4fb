"""The site with staff at work: a served copy that tests may write to, and browsers that are signed in."""

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import OpenPage
from tests.serving import Site

NAMES = ("anna", "ben")
PASSWORD = "a long password here"
PATIENCE = 10  # seconds, on a busy machine
SIGN_IN = """
import json, time
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
keys = {}
for name in %r:
    client = Client()
    user = User.objects.create_superuser(
        name, password=%r, first_name=name.title(), last_name="Sample"
    )
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    session = client.session
    session["password_at"] = int(time.time()) + 86400  # fresh for as long as the tests run
    session.set_expiry(86400)
    session.save()
    keys[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
print("keys:" + json.dumps([settings.SESSION_COOKIE_NAME, keys]))
"""
# What patients sent and what followed from it; how the owner set the site stays.
OF_PATIENTS = (
    *(f"enquiries_enquiry{of}" for of in ("event", "amendment", "note", "reply", "presence", "")),
    "outbox_outboundemail",
)
SignedIn = Callable[..., Page]


class Desk:
    """A running site, and the sessions of its staff."""

    def __init__(self, site: Site) -> None:
        self.site = site
        done = site.manage("shell", "-c", SIGN_IN % (NAMES, PASSWORD))
        line = next((one for one in done.stdout.splitlines() if one.startswith("keys:")), "")
        assert line, done.stderr
        self.cookie, self.sessions = json.loads(line.removeprefix("keys:"))

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read or write the site's database from outside, as another process would."""
        connection = sqlite3.connect(self.site.data_dir / "db.sqlite3", timeout=10)
        try:
            with connection:
                return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def forget_patients(self) -> None:
        """The inbox is empty, as if nobody had written yet."""
        for table in OF_PATIENTS:
            self.ask(f"DELETE FROM {table}")

    def page_number(self, path: str) -> int:
        """The number of the page at an address."""
        return int(self.ask("SELECT id FROM pages_page WHERE path = ?", path)[0][0])

    def url(self, name: str, path: str) -> str:
        """The full address of a page of the editor: "change", "history"."""
        return f"{self.site.url}/admin/pages/page/{self.page_number(path)}/{name}/"

    def public(self, path: str) -> str:
        """The full address of a page as patients have it."""
        return f"{self.site.url}/{path}/"


@pytest.fixture(scope="session")
def staffed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A served copy of the shipped site, shared by all tests of staff at work."""
    running = Site(shutil.copytree(prepared, tmp_path_factory.mktemp("desk") / "data"))
    running.start()
    yield Desk(running)
    running.stop()


@pytest.fixture
def desk(staffed: Desk) -> Desk:
    """The site with staff at work and an empty inbox; each test changes pages of its own."""
    staffed.forget_patients()
    return staffed


@pytest.fixture
def signed_in(desk: Desk, open_page: OpenPage) -> SignedIn:
    """signed_in("anna", width=390): a fresh page in which that person is signed in."""

    def make(name: str = "anna", **options: Any) -> Page:
        page = open_page(**options)
        cookie = {"name": desk.cookie, "value": desk.sessions[name], "url": desk.site.url}
        page.context.add_cookies([cookie])
        return page

    return make


def open_once_it_reads(page: Page, address: str, words: str, *, is_there: bool = True) -> None:
    """Open a public page again until it has (or has lost) these words.

    A change shows within a second, but not in each of the server's processes at the same moment.
    """
    deadline = time.monotonic() + PATIENCE
    page.goto(address)
    while (words in page.content()) != is_there:
        assert time.monotonic() < deadline, f"{address} does not change"
        page.goto(address)
