"""What a sync does to pages: files that are new, changed, edited by staff, gone, renamed."""

from django.contrib.auth.models import User
from django.contrib.redirects.models import Redirect

from clinic_site.content_sync.models import Conflict, SourceFile
from clinic_site.pages.actions.move import move
from clinic_site.pages.actions.publish import create_page, publish, save_draft, withdraw
from clinic_site.pages.models import Page, Revision
from tests.content_sync.folder import ContentFolder, edit, live, words_of


def test_a_new_file_is_a_live_page(content: ContentFolder) -> None:
    content.write("safety.md", "## Risks\n\nSome.", title="Is it safe?", position=4, health=True)
    run = content.sync()
    assert run.out.splitlines()[0].split() == ["created", "content/safety.md"]
    assert run.summary == "1 created, 0 updated, 0 unchanged, 0 kept (staff), 0 conflict"
    revision = live("safety")
    assert (revision.title, revision.body, revision.health) == (
        "Is it safe?",
        "## Risks\n\nSome.",
        True,
    )
    assert (revision.page.position, revision.page.source_path) == (4, "safety.md")
    assert revision.created_by is None


def test_paths_become_addresses(content: ContentFolder) -> None:
    content.write("home.md", layout="home", headline="Hello")
    content.write("faq/index.md", layout="faq", topics=[])
    content.write("faq/does-it-hurt.md", layout="question")
    assert not content.sync().failure
    found = dict(Page.objects.values_list("path", "parent_path"))
    assert found == {"home": "", "faq": "", "faq/does-it-hurt": "faq"}


def test_a_second_sync_changes_nothing(content: ContentFolder) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    before = [list(model.objects.values()) for model in (Page, Revision, SourceFile)]
    assert content.sync().summary == "0 created, 0 updated, 1 unchanged, 0 kept (staff), 0 conflict"
    assert [list(model.objects.values()) for model in (Page, Revision, SourceFile)] == before


def test_a_changed_file_is_a_new_revision(content: ContentFolder) -> None:
    content.write("safety.md", "Old words.", areas=None)
    content.sync()
    content.write("safety.md", "New words.", position=7)
    run = content.sync()
    assert run.out.splitlines()[0].split()[0] == "updated"
    revision = live("safety")
    assert (revision.body, revision.note) == ("New words.", "safety.md: body, position")
    assert revision.page.position == 7
    assert revision.page.revisions.count() == 2


def test_a_comment_in_the_front_matter_is_no_change_of_words(content: ContentFolder) -> None:
    content.write_text("safety.md", "---\nlayout: article\ntitle: Safe\n---\n\nWords.\n")
    content.sync()
    content.write_text("safety.md", "---\n# a note\nlayout: article\ntitle: Safe\n---\n\nWords.\n")
    assert "1 unchanged" in content.sync().summary
    assert live("safety").page.revisions.count() == 1
    assert "# a note" in SourceFile.objects.get().text


def test_what_staff_wrote_stays(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", "Words.", title="Safe")
    content.sync()
    edit("safety", editor, body="Staff's words.")
    run = content.sync()
    assert "1 kept (staff)" in run.summary
    assert "content/safety.md: body" in run.out
    assert live("safety").body == "Staff's words."


def test_different_fields_are_merged(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", "Words.", title="Safe", summary="Old.")
    content.sync()
    edit("safety", editor, body="Staff's words.")
    content.write("safety.md", "Words.", title="Safer", summary="Old.")
    assert "1 updated" in content.sync().summary
    assert (live("safety").title, live("safety").body) == ("Safer", "Staff's words.")


def test_details_are_merged_key_by_key(content: ContentFolder, editor: User) -> None:
    content.write("conditions/index.md", layout="conditions")
    front = {"layout": "condition", "title": "Knee pain"}
    content.write("conditions/knee.md", areas=["knee"], other_names=["runner's knee"], **front)
    content.sync()
    edit("conditions/knee", editor, details={"areas": ["knee"], "other_names": ["jumper's knee"]})
    content.write(
        "conditions/knee.md", areas=["knee", "hip-leg"], other_names=["runner's knee"], **front
    )
    assert not content.sync().failure
    assert live("conditions/knee").details == {
        "areas": ["knee", "hip-leg"],
        "other_names": ["jumper's knee"],
    }


def test_the_same_change_on_both_sides_is_fine(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    edit("safety", editor, body="Better.\r\n")
    content.write("safety.md", "Better.")
    run = content.sync()
    assert not run.failure
    assert "1 unchanged" in run.summary
    assert not Conflict.objects.exists()


def test_a_file_that_went_leaves_its_page(content: ContentFolder) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    content.remove("safety.md")
    run = content.sync()
    assert not run.failure
    assert run.summary.endswith("1 file gone")
    assert live("safety").body == "Words."
    content.write("safety.md", "Back.")
    assert "1 updated" in content.sync().summary
    assert live("safety").body == "Back."


def test_a_withdrawn_page_stays_withdrawn_and_keeps_up(
    content: ContentFolder, editor: User
) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    page = Page.objects.get()
    withdraw(page=page, by=editor)
    content.write("safety.md", "New words.")
    run = content.sync()
    assert "content/safety.md: the page stays withdrawn" in run.out
    assert not Page.objects.published().exists()
    latest = Revision.objects.in_force().get()
    assert (latest.body, latest.is_withdrawn) == ("New words.", True)


def test_a_page_made_by_staff_is_adopted(content: ContentFolder, editor: User) -> None:
    page = create_page(path="safety", layout="article", by=editor)
    publish(page=page, words={"title": "Safe", "body": "Words."}, by=editor)
    content.write("safety.md", "Words.", title="Safe", description="For search engines.")
    assert "1 updated" in content.sync().summary
    page.refresh_from_db()
    assert page.source_path == "safety.md"
    assert live("safety").description == "For search engines."


def test_staff_words_stay_live_when_a_page_is_adopted(content: ContentFolder, editor: User) -> None:
    page = create_page(path="safety", layout="article", by=editor)
    publish(page=page, words={"title": "Safe", "body": "Staff's."}, by=editor)
    content.write("safety.md", "The file's.", title="Safe")
    run = content.sync()
    assert run.failure == "1 conflict to be settled by an editor."
    assert live("safety").body == "Staff's."
    assert Conflict.objects.values_list("field", "base", "file", "mine").get() == (
        "body",
        "",
        "The file's.",
        "Staff's.",
    )


def test_a_draft_at_the_address_of_a_new_file_stays_a_draft(
    content: ContentFolder, editor: User
) -> None:
    page = create_page(path="safety", layout="article", by=editor)
    save_draft(page=page, words={"title": "Safe", "body": "Half written."}, by=editor)
    content.write("safety.md", "The file's.", title="Safe")
    assert content.sync().failure
    assert live("safety").body == "The file's."
    assert Revision.objects.waiting().get().body == "Half written."


def test_a_renamed_file_takes_its_page_along(content: ContentFolder) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    (content.path / "safety.md").rename(content.path / "is-it-safe.md")
    run = content.sync()
    assert "1 moved" in run.summary
    page = Page.objects.get()
    assert (page.path, page.source_path) == ("is-it-safe", "is-it-safe.md")
    assert page.revisions.count() == 1
    redirect = Redirect.objects.get()
    assert (redirect.old_path, redirect.new_path) == ("/safety/", "/is-it-safe/")
    assert "1 unchanged" in content.sync().summary


def test_a_renamed_folder_takes_its_pages_along(content: ContentFolder) -> None:
    content.write("faq/index.md", layout="faq", topics=[])
    content.write("faq/cost.md", layout="question", title="What does it cost?")
    content.sync()
    (content.path / "faq").rename(content.path / "questions")
    assert not content.sync().failure
    found = dict(Page.objects.values_list("path", "parent_path"))
    assert found == {"questions": "", "questions/cost": "questions"}


def test_renamed_back_leaves_no_circle(content: ContentFolder) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    for old, new in [("safety.md", "safe.md"), ("safe.md", "safety.md")]:
        (content.path / old).rename(content.path / new)
        assert not content.sync().failure
    assert list(Redirect.objects.values_list("old_path", "new_path")) == [("/safe/", "/safety/")]


def test_a_file_that_becomes_a_folder_keeps_its_page(content: ContentFolder) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    content.remove("safety.md")
    content.write("safety/index.md", "More words.")
    assert not content.sync().failure
    page = Page.objects.get()
    assert (page.path, page.source_path) == ("safety", "safety/index.md")
    assert live("safety").body == "More words."


def test_a_page_that_staff_moved_still_follows_its_file(
    content: ContentFolder, editor: User
) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    move(page=Page.objects.get(), to="is-it-safe", by=editor)
    content.write("safety.md", "New words.")
    assert not content.sync().failure
    assert live("is-it-safe").body == "New words."


def test_a_new_file_at_the_address_of_a_moved_page_is_refused(
    content: ContentFolder, editor: User
) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    move(page=Page.objects.get(), to="is-it-safe", by=editor)
    content.write("is-it-safe.md", "Other words.")
    assert content.sync().faults == [
        "content/is-it-safe.md:1: /is-it-safe/ is the address of the page made from safety.md,"
        " which staff moved there; give this file another name"
    ]


def test_words_are_those_that_staff_see(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", "Words.", title="Safe", summary="Short.\n")
    content.sync()
    assert words_of("safety", {})["summary"] == "Short."
