"""A file's change reaches what staff have in hand: drafts and scheduled revisions."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from clinic_site.content_sync.merge.revision_heads import heads_by_page, rewrite
from clinic_site.content_sync.models import Conflict
from clinic_site.pages.actions.publish import AlreadyLive, publish, save_draft, schedule
from clinic_site.pages.models import Page, Revision
from tests.content_sync.folder import ContentFolder, edit, live, words_of

LATER = timedelta(days=3)


@pytest.fixture
def page(content: ContentFolder) -> Page:
    content.write("safety.md", "Words.", title="Safe", summary="Old.")
    content.sync()
    found: Page = Page.objects.get()
    return found


def scheduled(page: Page, by: User, days: int = 3, **words: object) -> Revision:
    moment = timezone.now() + timedelta(days=days)
    return save_draft(page=page, words=words_of("safety", words), by=by, publish_at=moment)


def test_publishing_a_draft_later_does_not_undo_the_file(
    content: ContentFolder, page: Page, editor: User
) -> None:
    draft = save_draft(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    content.write("safety.md", "Words.", title="Safe", summary="New.")
    assert not content.sync().failure
    carried = Revision.objects.waiting().get()
    assert (carried.body, carried.summary, carried.replaces) == ("Draft.", "New.", draft)
    assert (live("safety").body, live("safety").summary) == ("Words.", "New.")


def test_going_live_later_does_not_undo_the_file(
    content: ContentFolder, page: Page, editor: User
) -> None:
    old = scheduled(page, editor, body="Next week's.")
    content.write("safety.md", "Words.", title="Safe", summary="New.")
    content.sync()
    assert live("safety").body == "Words."
    coming = Revision.objects.live(at=old.publish_at).get()
    assert (coming.body, coming.summary) == ("Next week's.", "New.")
    old.refresh_from_db()
    assert old.publish_at is None


def test_each_scheduled_revision_gets_the_change(
    content: ContentFolder, page: Page, editor: User
) -> None:
    scheduled(page, editor, days=3, body="Third day.")
    scheduled(page, editor, days=5, body="Fifth day.")
    content.write("safety.md", "Words.", title="Safe", summary="New.")
    content.sync()
    found = Revision.objects.scheduled().values_list("body", "summary")
    assert list(found) == [("Third day.", "New."), ("Fifth day.", "New.")]


def test_unscheduling_the_carried_revision_does_not_wake_the_old_one(
    content: ContentFolder, page: Page, editor: User
) -> None:
    scheduled(page, editor, body="Next week's.")
    content.write("safety.md", "Words.", title="Safe", summary="New.")
    content.sync()
    schedule(revision=Revision.objects.scheduled().get(), publish_at=None, by=editor)
    assert Revision.objects.live(at=timezone.now() + 2 * LATER).get().body == "Words."


def test_a_second_sync_carries_nothing_again(
    content: ContentFolder, page: Page, editor: User
) -> None:
    scheduled(page, editor, body="Next week's.")
    save_draft(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    content.write("safety.md", "Words.", title="Safe", summary="New.")
    content.sync()
    count = Revision.objects.count()
    assert "1 unchanged" in content.sync().summary
    assert Revision.objects.count() == count


def test_a_draft_that_says_it_already_stays_the_latest(
    content: ContentFolder, page: Page, editor: User
) -> None:
    save_draft(page=page, words=words_of("safety", {"body": "B.", "summary": "New."}), by=editor)
    content.write("safety.md", "Words.", title="Safe", summary="New.")
    content.sync()
    assert Revision.objects.waiting().get().body == "B."


def test_a_minute_that_comes_during_the_sync_is_kept(page: Page, editor: User) -> None:
    read_at = timezone.now()
    heads = heads_by_page(read_at)[page.pk]
    moment = timezone.now()
    words = words_of("safety", {"body": "Scheduled."})
    save_draft(page=page, words=words, by=editor, publish_at=moment)
    wanted = {"live": {**heads[0].fields, "summary": "New."}}
    rewrite(page=page, heads=heads, wanted=wanted, now=read_at, by=None, note="")
    assert live("safety").body == "Scheduled."


def test_a_sync_looks_again_when_a_revision_went_live_meanwhile(
    content: ContentFolder, page: Page, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduled(page, editor, body="Next week's.")
    content.write("safety.md", "Words.", title="Safe", summary="New.")
    refusals = [AlreadyLive()]

    def too_late_at_first(**arguments: Any) -> Revision:
        if refusals:
            raise refusals.pop()
        return schedule(**arguments)

    monkeypatch.setattr("clinic_site.content_sync.merge.revision_heads.schedule", too_late_at_first)
    assert not content.sync().failure
    assert not refusals
    assert Revision.objects.scheduled().get().summary == "New."
    assert live("safety").page.revisions.count() == 4


def test_an_old_draft_is_history(content: ContentFolder, page: Page, editor: User) -> None:
    save_draft(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    edit("safety", editor, body="Published.")
    content.write("safety.md", "Words.", title="Safe", summary="New.")
    content.sync()
    assert not Revision.objects.waiting().exists()


def test_each_head_has_its_own_conflict(content: ContentFolder, page: Page, editor: User) -> None:
    coming = scheduled(page, editor, body="Next week's.")
    save_draft(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    content.write("safety.md", "The file's.", title="Safe", summary="Old.")
    run = content.sync()
    assert run.failure == "2 conflicts to be settled by an editor."
    assert live("safety").body == "The file's."
    assert coming.publish_at is not None
    found = {one.head: one.mine for one in Conflict.objects.unsettled()}
    assert found == {"draft": "Draft.", coming.publish_at.isoformat(): "Next week's."}


def test_a_conflict_goes_along_when_its_draft_is_published(
    content: ContentFolder, page: Page, editor: User
) -> None:
    save_draft(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    content.write("safety.md", "The file's.", title="Safe", summary="Old.")
    content.sync()
    publish(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    assert content.sync().failure
    conflict = Conflict.objects.unsettled().get()
    assert (conflict.head, conflict.file, conflict.mine) == ("live", "The file's.", "Draft.")


def test_a_conflict_goes_along_when_its_draft_is_scheduled(
    content: ContentFolder, page: Page, editor: User
) -> None:
    save_draft(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    content.write("safety.md", "The file's.", title="Safe", summary="Old.")
    content.sync()
    moment = timezone.now() + LATER
    schedule(revision=Revision.objects.waiting().get(), publish_at=moment, by=editor)
    content.sync()
    assert Conflict.objects.unsettled().get().head == moment.isoformat()


def test_a_conflict_about_words_that_are_gone_is_closed(
    content: ContentFolder, page: Page, editor: User
) -> None:
    save_draft(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    content.write("safety.md", "The file's.", title="Safe", summary="Old.")
    content.sync()
    edit("safety", editor, body="Quite other words.")
    content.sync()
    conflict = Conflict.objects.get()
    assert (conflict.outcome, conflict.mine) == ("overtaken", "Draft.")
