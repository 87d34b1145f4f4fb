"""A change reaches every process of the real server: published, scheduled, withdrawn; never one undone."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.processes import eventually
from tests.pagecache.talking import Talk, one_with_each_worker
from tests.serving import Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
PATHS = ("/safety/", "/privacy/", "/aftercare/", "/accessibility/")
CHANGES = """
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from clinic_site.clinic.file_mapping import take_in
from clinic_site.pages.models import Page
from clinic_site.pages.actions.publish import publish, save_draft, withdraw
def told(path, body, **more):
    page = Page.objects.get(path=path)
    return {"page": page, "words": {"title": path, "body": body}, "by": None, **more}
with transaction.atomic():
    publish(**told("aftercare", "Words that were undone."))
    transaction.set_rollback(True)
publish(**told("safety", "Words of today."))
withdraw(page=Page.objects.get(path="privacy"), by=None)
save_draft(**told("accessibility", "Words of tomorrow.", publish_at=timezone.now() + timedelta(seconds=1)))
take_in(details={"phone": "604-555-4199"})
"""


@pytest.fixture(scope="module")
def talks(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Talk]]:
    """A connection to each worker of a site that was changed after each had these pages in memory."""
    site = Site(shutil.copytree(prepared, tmp_path_factory.mktemp("workers") / "data"))
    site.start()
    talks = one_with_each_worker(site)
    for talk in talks:
        assert {talk.ask(path)[0] for path in PATHS} == {200}
    done = site.manage("shell", "-c", CHANGES)
    assert done.returncode == 0, done.stderr
    yield talks
    site.stop()


def all_say(talks: list[Talk], path: str, words: bytes) -> bool:
    return all(words in talk.ask(path)[2] for talk in talks)


def test_a_published_page_shows(talks: list[Talk]) -> None:
    assert eventually(lambda: all_say(talks, "/safety/", b"Words of today."))


def test_a_scheduled_page_shows_when_its_time_has_come(talks: list[Talk]) -> None:
    assert eventually(lambda: all_say(talks, "/accessibility/", b"Words of tomorrow."))


def test_a_withdrawn_page_is_gone(talks: list[Talk]) -> None:
    assert eventually(lambda: all(talk.ask("/privacy/")[0] == 410 for talk in talks))


def test_a_changed_detail_of_the_clinic_shows(talks: list[Talk]) -> None:
    assert eventually(lambda: all_say(talks, "/aftercare/", b"604-555-4199"))


def test_what_was_undone_does_not_show(talks: list[Talk]) -> None:
    assert eventually(lambda: all_say(talks, "/aftercare/", b"604-555-4199"))
    assert not any(b"undone" in talk.ask("/aftercare/")[2] for talk in talks)
