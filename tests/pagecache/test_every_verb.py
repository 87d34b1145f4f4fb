"""Every verb that changes what a page shows: seen in memory and as a file, told in its transaction, none left out."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from clinic_site.operations.static_export import EditionWriter, current
from clinic_site.pagecache import stamp
from tests.pagecache.conftest import Caller
from tests.pagecache.verbs import VERBS, Shown
from tests.pagecache.verbs.small_site import new_site
from tests.pagecache.writers import (
    CODE,
    NOT_SHOWN,
    ROOMS,
    Transactions,
    called,
    shown_models,
    shown_tables,
    tables_read,
    writers,
)

pytestmark = pytest.mark.django_db
# Functions that write rows and change no page; whoever adds one says why.
BESIDE = {
    "pages.actions.publish:create_page": "a page without words is shown nowhere",
    "pages.admin.redirects:RedirectAdmin.save_model": "looked up at each request; the answers are not kept",
    "pages.checks.external_links:gather_links": "the dashboard's",
    "pages.checks.external_links:check_links": "the dashboard's",
    "pages.checks.live_pages:keep_checks": "the dashboard's",
    "pages.checks.publishing:keep_override": "staff alone read why a claim was let pass",
    "pages.rendering.draft_preview:share": "a preview is never kept",
    "pages.rendering.draft_preview:revoke": "a preview is never kept",
    "images.actions:prune": "removes what no page has named for a month",
}
Read = Callable[[str], bytes | None]


@pytest.fixture(autouse=True)
def _places(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = settings.PUBLIC_DIR = tmp_path / "data"
    settings.CONTENT_DIR = settings.SHIPPED_CONTENT_DIR = tmp_path / "content"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR.mkdir()
    monkeypatch.setattr(stamp, "READ_EVERY", 0)


def from_memory(caller: Caller) -> Read:
    def read(path: str) -> bytes | None:
        answer = caller.get(path)
        return answer.body if answer.status == 200 else None

    return read


def from_edition(path: str) -> bytes | None:
    file = current() / path.strip("/") / "index.html"
    return file.read_bytes() if file.exists() else None


def is_shown(shown: Shown, body: bytes | None) -> bool:
    return body is None if shown.holds is None else body is not None and shown.holds(body)


@pytest.mark.parametrize("name", VERBS)
def test_what_a_verb_changes_is_read_at_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = VERBS[name](new_site(tmp_path / "content"))
    read, writer, transactions = from_memory(Caller()), EditionWriter(), Transactions()
    before = {path: read(path) for path in next(steps)}
    writer.keep_in_step()
    with transactions.watched():
        was = stamp.read()
        after = next(steps)
        assert stamp.read() != was
    assert transactions.late == []
    assert not [one for one in after if not one.later and is_shown(one, before.get(one.path))]
    now = timezone.now
    for shown in sorted(after, key=lambda one: one.later):
        later: timedelta = shown.later
        monkeypatch.setattr(timezone, "now", lambda later=later: now() + later)
        assert is_shown(shown, read(shown.path)), shown
        writer.keep_in_step()
        assert is_shown(shown, from_edition(shown.path)), shown


def test_every_function_that_writes_is_tried_or_said_to_change_no_page(tmp_path: Path) -> None:
    """A new one fails here: give it a verb in tests/pagecache/verbs, or say in BESIDE why no page shows it."""
    site, tried = new_site(tmp_path / "content"), set[str]()
    for verb in VERBS.values():
        steps = verb(site)
        next(steps)
        with called() as names:
            next(steps)
        tried |= names
    known = writers(*ROOMS, "content_sync", by_module=True)
    assert known - tried - BESIDE.keys() == set()
    assert BESIDE.keys() - known == set(), "no longer there"


def test_other_rooms_write_nothing_that_pages_show() -> None:
    others = {folder.name for folder in CODE.iterdir() if folder.is_dir()}
    pure = {
        "markup",
        "seo",
        "artwork",
    }  # they know no database; the pictures that they save are Pillow's
    assert writers(*others - {*ROOMS, "content_sync"} - pure) == set()


def test_what_pages_show_is_in_tables_that_are_watched(published: None) -> None:
    caller = Caller()
    with tables_read() as read:
        for path in (
            "/",
            "/safety/",
            "/faq/",
            "/glossary/",
            "/conditions/",
            "/clinic/",
            "/privacy/",
        ):
            assert caller.get(path).status == 200
    assert read - shown_tables() <= {"pagecache_stamp", "pagecache_moment"}
    assert not NOT_SHOWN.keys() & {model.__name__ for model in shown_models()}
