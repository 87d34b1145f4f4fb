"""Where the file and staff disagree: recorded once, kept up to date, settled by a person."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from clinic_site.content_sync.merge.resolve_conflict import AlreadySettled, settle
from clinic_site.content_sync.models import Conflict, SourceFile
from clinic_site.pages.actions.publish import PageChanged, save_draft
from clinic_site.pages.models import Page, Revision
from tests.content_sync.folder import ContentFolder, edit, live, words_of


@pytest.fixture
def conflict(content: ContentFolder, editor: User) -> Conflict:
    """Base "Words.", the file says "The file's.", staff "Staff's."."""
    content.write("safety.md", "Words.", title="Safe")
    content.sync()
    edit("safety", editor, body="Staff's.")
    content.write("safety.md", "The file's.", title="Safe")
    content.sync()
    found: Conflict = Conflict.objects.get()
    return found


def test_staff_words_stay_live_and_the_run_fails(
    content: ContentFolder, conflict: Conflict
) -> None:
    run = content.sync()
    assert run.failure == "1 conflict to be settled by an editor."
    assert "conflict     content/safety.md: body (live)" in run.out
    assert (conflict.base, conflict.file, conflict.mine) == ("Words.", "The file's.", "Staff's.")
    assert conflict.revision == live("safety")
    assert live("safety").body == "Staff's."


def test_running_again_records_nothing_twice(content: ContentFolder, conflict: Conflict) -> None:
    before = list(Conflict.objects.values())
    content.sync()
    assert list(Conflict.objects.values()) == before
    assert Revision.objects.count() == 2


def test_other_fields_of_the_file_are_taken_all_the_same(
    content: ContentFolder, conflict: Conflict
) -> None:
    content.write("safety.md", "The file's.", title="Safer")
    assert content.sync().failure
    assert (live("safety").title, live("safety").body) == ("Safer", "Staff's.")


def test_a_later_change_of_the_file_updates_the_conflict(
    content: ContentFolder, conflict: Conflict
) -> None:
    content.write("safety.md", "The file's, again.", title="Safe")
    content.sync()
    found = Conflict.objects.get()
    assert (found.pk, found.base, found.file) == (conflict.pk, "Words.", "The file's, again.")


def test_a_later_change_by_staff_updates_the_conflict(
    content: ContentFolder, conflict: Conflict, editor: User
) -> None:
    edit("safety", editor, body="Staff's, again.")
    content.sync()
    found = Conflict.objects.get()
    assert (found.mine, found.revision) == ("Staff's, again.", live("safety"))


@pytest.mark.parametrize("who", ["staff", "file"])
def test_a_conflict_goes_away_when_both_agree(
    content: ContentFolder, conflict: Conflict, editor: User, who: str
) -> None:
    if who == "staff":
        edit("safety", editor, body="The file's.")
    else:
        content.write("safety.md", "Staff's.", title="Safe")
    assert not content.sync().failure
    conflict.refresh_from_db()
    assert conflict.outcome == "agreed"


def test_the_file_takes_its_change_back(content: ContentFolder, conflict: Conflict) -> None:
    content.write("safety.md", "Words.", title="Safe")
    assert "1 kept (staff)" in content.sync().summary
    assert live("safety").body == "Staff's."


@pytest.mark.parametrize(
    ("keep", "words", "body"),
    [("mine", None, "Staff's."), ("file", None, "The file's."), ("words", "Both.", "Both.")],
)
def test_settling(
    content: ContentFolder, conflict: Conflict, editor: User, keep: str, words: str, body: str
) -> None:
    settle(conflict=conflict, keep=keep, words=words, by=editor)
    assert live("safety").body == body
    conflict.refresh_from_db()
    assert (conflict.outcome, conflict.settled_by) == (keep, editor)
    assert not content.sync().failure
    assert live("safety").body == body


def test_after_settling_the_next_change_of_the_file_meets_the_new_base(
    content: ContentFolder, conflict: Conflict, editor: User
) -> None:
    settle(conflict=conflict, keep="file", by=editor)
    content.write("safety.md", "The file's next.", title="Safe")
    assert not content.sync().failure
    assert live("safety").body == "The file's next."


def test_settling_reaches_a_draft_with_the_same_words(
    content: ContentFolder, conflict: Conflict, editor: User
) -> None:
    page = Page.objects.get()
    save_draft(page=page, words=words_of("safety", {"summary": "Draft."}), by=editor)
    settle(conflict=conflict, keep="file", by=editor)
    draft = Revision.objects.waiting().get()
    assert (draft.summary, draft.body) == ("Draft.", "The file's.")


def test_settling_leaves_a_draft_with_other_words(
    content: ContentFolder, conflict: Conflict, editor: User
) -> None:
    page = Page.objects.get()
    save_draft(page=page, words=words_of("safety", {"body": "Third way."}), by=editor)
    settle(conflict=conflict, keep="file", by=editor)
    assert Revision.objects.waiting().get().body == "Third way."


def test_settling_twice_is_refused(conflict: Conflict, editor: User) -> None:
    settle(conflict=conflict, keep="mine", by=editor)
    with pytest.raises(AlreadySettled):
        settle(conflict=conflict, keep="file", by=editor)
    assert live("safety").body == "Staff's."


def test_settling_a_page_that_moved_on_is_refused(conflict: Conflict, editor: User) -> None:
    version = Page.objects.get().version
    edit("safety", editor, body="Newer.")
    with pytest.raises(PageChanged):
        settle(conflict=conflict, keep="file", by=editor, expected_version=version)


def test_words_that_the_field_cannot_hold_are_refused(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", title="Safe")
    content.sync()
    edit("safety", editor, title="Staff's")
    content.write("safety.md", title="The file's")
    content.sync()
    with pytest.raises(ValidationError, match="title"):
        settle(conflict=Conflict.objects.get(), keep="words", words="", by=editor)


def test_a_position_is_settled_on_the_page(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", position=1)
    content.sync()
    Page.objects.update(position=2)
    content.write("safety.md", position=3)
    assert content.sync().failure
    assert Page.objects.get().position == 2
    settle(conflict=Conflict.objects.get(), keep="file", by=editor)
    assert Page.objects.get().position == 3
    assert not content.sync().failure


def test_one_conflict_waits_per_field_and_head(conflict: Conflict) -> None:
    with pytest.raises(IntegrityError, match="source_file_id.*field.*head"):
        Conflict.objects.create(source_file=conflict.source_file, field="body", head="live")


def test_a_settled_conflict_has_an_outcome(conflict: Conflict) -> None:
    with pytest.raises(IntegrityError, match="conflict_is_settled_with_an_outcome"):
        Conflict.objects.update(outcome="mine")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"path": "safety.txt"}, "source_file_is_markdown"),
        ({"digest": "abc"}, "source_file_has_a_digest"),
    ],
)
def test_a_source_file_obeys_its_rules(
    conflict: Conflict, values: dict[str, str], name: str
) -> None:
    with pytest.raises(IntegrityError, match=name):
        SourceFile.objects.update(**values)
