"""The verbs that write pages: revisions are only ever added, and each says who."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from clinic_site.pages.actions.bulk_create import new_page, publish_new
from clinic_site.pages.actions.publish import (
    AlreadyLive,
    PageChanged,
    arrange,
    create_page,
    publish,
    restore,
    save_draft,
    schedule,
    withdraw,
)
from clinic_site.pages.actions.sign_off import sign_off, words_hash
from clinic_site.pages.models import Page, Revision
from tests.pages.writing import named

LATER = timedelta(days=3)


def live_body(page: Page, after: timedelta = timedelta()) -> str | None:
    revision = Revision.objects.live(timezone.now() + after).filter(page=page).first()
    return revision.body if revision else None


def test_publishing_adds_a_live_revision(safety: Page, editor: User) -> None:
    publish(page=safety, words={"title": "Safe", "body": "Second."}, by=editor, note="why")
    first, second = safety.revisions.order_by("pk")
    assert (first.body, second.body, second.created_by, second.note) == (
        "First.",
        "Second.",
        editor,
        "why",
    )
    assert live_body(safety) == "Second."


def test_each_revision_raises_the_version(safety: Page, editor: User) -> None:
    before = safety.version
    publish(page=safety, words={"title": "Safe"}, by=editor)
    save_draft(page=safety, words={"title": "Safe"}, by=editor)
    assert safety.version == before + 2


def test_a_draft_is_not_live(safety: Page, editor: User) -> None:
    save_draft(page=safety, words={"title": "Safe", "body": "Draft."}, by=editor)
    assert live_body(safety) == "First."


def test_the_second_of_two_editors_is_told(safety: Page, editor: User) -> None:
    version = safety.version
    publish(page=safety, words={"title": "Mine"}, by=editor, expected_version=version)
    with pytest.raises(PageChanged) as told:
        publish(page=safety, words={"title": "Yours"}, by=editor, expected_version=version)
    assert told.value.page.version == version + 1
    assert not Revision.objects.filter(title="Yours").exists()


@pytest.mark.parametrize(
    "words", [{"title": ""}, {"title": "T" * 201}, {"title": "T", "menu_title": "M" * 61}]
)
def test_words_that_do_not_fit_are_refused(
    safety: Page, editor: User, words: dict[str, str]
) -> None:
    with pytest.raises(ValidationError):
        publish(page=safety, words=words, by=editor)
    assert safety.revisions.count() == 1


def test_a_scheduled_revision_goes_live_by_itself(safety: Page, editor: User) -> None:
    draft = save_draft(page=safety, words={"title": "Safe", "body": "Soon."}, by=editor)
    schedule(revision=draft, publish_at=timezone.now() + LATER, by=editor)
    assert live_body(safety) == "First."
    assert live_body(safety, after=LATER + timedelta(seconds=1)) == "Soon."


def test_a_schedule_can_be_cleared(safety: Page, editor: User) -> None:
    moment = timezone.now() + LATER
    draft = save_draft(page=safety, words={"title": "Safe"}, by=editor, publish_at=moment)
    schedule(revision=draft, publish_at=None, by=editor)
    assert live_body(safety, after=2 * LATER) == "First."


def test_the_schedule_of_a_live_revision_stays(safety: Page, editor: User) -> None:
    with pytest.raises(AlreadyLive):
        schedule(revision=safety.revisions.get(), publish_at=None, by=editor)
    assert live_body(safety) == "First."


def test_withdrawing_keeps_the_words(safety: Page, editor: User) -> None:
    revision = withdraw(page=safety, by=editor, note="out of date")
    assert (revision.body, revision.is_withdrawn, revision.note) == ("First.", True, "out of date")
    assert live_body(safety) is None


def test_restoring_is_a_new_revision(safety: Page, editor: User) -> None:
    first = safety.revisions.get()
    withdraw(page=safety, by=editor)
    restored = restore(revision=first, by=editor)
    assert (restored.pk != first.pk, restored.note) == (True, f"Restored from revision {first.pk}")
    assert live_body(safety) == "First."


@pytest.mark.parametrize(
    "path", ["", "/safety", "safety/", "Safety", "a//b", "a b", "a_b", "-a", "a-", "é", "a" * 201]
)
def test_a_bad_address_is_refused(editor: User, path: str) -> None:
    with pytest.raises(ValidationError):
        create_page(path=path, layout="article", by=editor)


def test_a_taken_address_is_refused(safety: Page, editor: User) -> None:
    with pytest.raises(ValidationError):
        create_page(path="safety", layout="article", by=editor)


def test_arranging_moves_a_page_among_its_siblings(safety: Page, editor: User) -> None:
    version = safety.version
    arrange(page=safety, layout="cards", position=9, by=editor)
    assert (safety.layout, safety.position, safety.version) == ("cards", 9, version + 1)


def test_many_new_pages_are_published_at_once(editor: User) -> None:
    pages = [
        new_page(
            path=f"folder/page-{number}",
            layout="article",
            position=number,
            source_path="",
            words={"title": f"Page {number}"},
            publish_at=timezone.now(),
            by=editor,
            note="new",
        )
        for number in range(3)
    ]
    publish_new(revisions=pages)
    found = Revision.objects.live().under("folder").values_list("title", "page__version")
    assert list(found) == [("Page 0", 1), ("Page 1", 1), ("Page 2", 1)]


def test_a_new_page_at_a_taken_address_changes_nothing(safety: Page, editor: User) -> None:
    again = new_page(
        path="safety",
        layout="article",
        position=0,
        source_path="",
        words={"title": "Other"},
        publish_at=timezone.now(),
        by=editor,
        note="",
    )
    with pytest.raises(IntegrityError):
        publish_new(revisions=[again])


def test_a_sign_off_is_bound_to_the_words_that_were_read(safety: Page, editor: User) -> None:
    revision = safety.revisions.get()
    named(editor, "A. Reviewer")
    signed = sign_off(page=safety, revisions=(revision,), by=editor, reviewer_name="A. Reviewer")
    assert signed.words_hash == words_hash(revision)
    changed = publish(page=safety, words={**revision.words(), "body": "Second."}, by=editor)
    assert signed.words_hash != words_hash(changed)
    same = publish(page=safety, words=revision.words(), by=editor)
    assert signed.words_hash == words_hash(same)


def test_a_sign_off_is_due_in_twelve_months(safety: Page, editor: User) -> None:
    read, editor = (safety.revisions.get(),), named(editor, "A. Reviewer")
    signed = sign_off(page=safety, revisions=read, by=editor, reviewer_name="A. Reviewer")
    assert signed.review_due_on == timezone.localdate(signed.signed_at) + timedelta(days=365)
    day = date(2030, 1, 31)
    sooner = sign_off(
        page=safety, revisions=read, by=editor, reviewer_name="A. Reviewer", review_due_on=day
    )
    assert sooner.review_due_on == day


def test_a_sign_off_needs_a_name(safety: Page, editor: User) -> None:
    with pytest.raises(ValidationError):
        sign_off(page=safety, revisions=(safety.revisions.get(),), by=editor, reviewer_name="")
