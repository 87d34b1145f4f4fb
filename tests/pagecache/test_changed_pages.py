"""Finished pages and change: what shows at once, what never shows, and what is bounded."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, transaction
from django.utils import timezone

from clinic_site.clinic.file_mapping import take_in
from clinic_site.clinic.models import Clinic
from clinic_site.pagecache import page_cache, stamp
from clinic_site.pages.actions.publish import create_page, publish, save_draft, withdraw
from clinic_site.pages.models import Page, Revision
from tests.pagecache.conftest import Caller

pytestmark = pytest.mark.django_db


def test_publishing_shows_at_once(caller: Caller) -> None:
    caller.get("/privacy/")
    page = Page.objects.get(path="privacy")
    publish(page=page, words={"title": "Privacy", "body": "New words."}, by=None)
    assert b"New words." in caller.get("/privacy/").body


def test_a_draft_leaves_the_pages_as_they_are(caller: Caller) -> None:
    caller.get("/privacy/")
    page = Page.objects.get(path="privacy")
    save_draft(page=page, words={"title": "Privacy", "body": "New words."}, by=None)
    caller.get("/privacy/")
    assert caller.asked == 1


def test_a_scheduled_revision_shows_once_its_time_has_come(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page.objects.get(path="privacy")
    words = {"title": "Privacy", "body": "Words of the future."}
    at = timezone.now() + timedelta(hours=1)
    save_draft(page=page, words=words, by=None, publish_at=at)
    assert b"future" not in caller.get("/privacy/").body
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(seconds=1))
    assert b"Words of the future." in caller.get("/privacy/").body


def test_a_withdrawn_page_is_gone_at_once(caller: Caller) -> None:
    caller.get("/privacy/")
    withdraw(page=Page.objects.get(path="privacy"), by=None)
    assert caller.get("/privacy/").status in (404, 410)


def test_a_new_page_shows_in_the_menu_of_all_pages(caller: Caller) -> None:
    caller.get("/safety/")
    made = create_page(path="news", layout="article", by=None)
    publish(page=made, words={"title": "News of the clinic"}, by=None)
    assert b"News of the clinic" in caller.get("/safety/").body


def test_a_changed_detail_of_the_clinic_shows_on_all_pages(caller: Caller) -> None:
    caller.get("/safety/")
    take_in(details={"phone": "604-555-4199"})
    assert Clinic.objects.get().phone == "604-555-4199"
    assert b"604-555-4199" in caller.get("/safety/").body


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "READ_EVERY", 0)
    page = create_page(path="news", layout="article", by=None)
    publish(page=page, words={"title": "News", "body": "Kept words."}, by=None)
    caller = Caller()
    with transaction.atomic():
        publish(page=page, words={"title": "News", "body": "Lost words."}, by=None)
        transaction.set_rollback(True)
    assert Revision.objects.count() == 1
    assert b"Kept words." in caller.get("/news/").body


def test_the_memory_is_bounded(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "MOST_PAGES", 2)
    for path in ("/safety/", "/privacy/", "/glossary/", "/safety/"):
        caller.get(path)
    assert caller.asked == 4


def test_pages_are_answered_while_the_database_is_not(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = caller.get("/safety/").body

    def broken() -> stamp.Value:
        raise InterfaceError("down")

    monkeypatch.setattr(stamp, "read", broken)
    assert caller.get("/safety/").body == kept
    assert caller.asked == 1


def test_the_stamp_is_read_again_after_a_quarter_of_a_second(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "READ_EVERY", 0.25)
    now = 1_000.0
    monkeypatch.setattr(stamp.time, "monotonic", lambda: now)
    caller.get("/privacy/")
    publish(page=Page.objects.get(path="privacy"), words={"title": "P", "body": "New."}, by=None)
    now += 0.24
    assert b"New." not in caller.get("/privacy/").body
    now += 0.01
    assert b"New." in caller.get("/privacy/").body
