"""Which pages and revisions the adjectives mean."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from clinic_site.pages.actions.publish import create_page, publish, save_draft, withdraw
from clinic_site.pages.models import Page, Revision


def revision(
    page: Page, body: str, publish_at: datetime | None, replaces: Revision | None = None
) -> Revision:
    words = {"title": "T", "body": body}
    return save_draft(page=page, words=words, by=None, publish_at=publish_at, replaces=replaces)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_live_is_the_latest_whose_time_has_come(safety: Page, now: datetime) -> None:
    revision(safety, "Second.", now + timedelta(hours=1))
    revision(safety, "Third.", now + timedelta(hours=2))
    revision(safety, "Draft.", None)
    found = [Revision.objects.live(now + timedelta(hours=h)).get().body for h in (0.5, 1.5, 2.5)]
    assert found == ["First.", "Second.", "Third."]


def test_at_the_same_moment_the_later_revision_wins(safety: Page, now: datetime) -> None:
    revision(safety, "One.", now + timedelta(hours=1))
    revision(safety, "Two.", now + timedelta(hours=1))
    assert Revision.objects.live(now + timedelta(hours=1)).get().body == "Two."


def test_an_older_revision_that_goes_live_later_wins(safety: Page, editor: User) -> None:
    soon = timezone.now() + timedelta(hours=1)
    revision(safety, "Scheduled.", soon)
    publish(page=safety, words={"title": "T", "body": "Published since."}, by=editor)
    assert Revision.objects.live(soon).get().body == "Scheduled."


def test_a_withdrawn_page_is_in_force_but_not_live(safety: Page, editor: User) -> None:
    withdraw(page=safety, by=editor)
    assert Revision.objects.in_force().get().is_withdrawn
    assert not Revision.objects.live().exists()
    assert not Page.objects.published().exists()


def test_published_pages_have_something_live(safety: Page, editor: User) -> None:
    other = create_page(path="other", layout="article", by=editor)
    revision(other, "Draft.", None)
    assert list(Page.objects.published()) == [safety]


def test_published_pages_at_a_later_moment(db: None, now: datetime) -> None:
    page = create_page(path="soon", layout="article", by=None)
    revision(page, "Soon.", now + timedelta(hours=1))
    assert not Page.objects.published().exists()
    assert list(Page.objects.published(now + timedelta(hours=2))) == [page]


def test_under_a_folder_by_position_then_path(editor: User) -> None:
    for path, position in [("faq/b", 2), ("faq/a", 2), ("faq/c", 1), ("faq/c/d", 0), ("x", 0)]:
        page = create_page(path=path, layout="article", position=position, by=editor)
        publish(page=page, words={"title": path}, by=editor)
    assert [page.path for page in Page.objects.under("faq")] == ["faq/c", "faq/a", "faq/b"]
    found = [one.title for one in Revision.objects.live().under("faq")]
    assert found == ["faq/c", "faq/a", "faq/b"]


def test_scheduled_are_those_that_will_go_live(safety: Page, now: datetime) -> None:
    later = revision(safety, "Later.", now + timedelta(hours=2))
    sooner = revision(safety, "Sooner.", now + timedelta(hours=1))
    revision(safety, "Draft.", None)
    assert list(Revision.objects.scheduled()) == [sooner, later]


def test_waiting_is_the_latest_draft_newer_than_what_is_in_force(
    safety: Page, editor: User
) -> None:
    revision(safety, "Old draft.", None)
    draft = revision(safety, "Draft.", None)
    assert list(Revision.objects.waiting()) == [draft]
    publish(page=safety, words={"title": "T"}, by=editor)
    assert not Revision.objects.waiting().exists()


def test_a_draft_of_a_page_that_was_never_live_is_waiting(editor: User) -> None:
    page = create_page(path="new", layout="article", by=editor)
    draft = revision(page, "Draft.", None)
    assert list(Revision.objects.waiting()) == [draft]


def test_a_replaced_draft_is_not_waiting(safety: Page) -> None:
    old = revision(safety, "Old.", None)
    new = revision(safety, "New.", None, replaces=old)
    assert list(Revision.objects.waiting()) == [new]
