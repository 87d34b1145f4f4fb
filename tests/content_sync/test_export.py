"""The living edition comes back into files."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from clinic_site.content_sync.models import Conflict
from clinic_site.pages.actions.move import move
from clinic_site.pages.actions.publish import create_page, publish, save_draft, withdraw
from clinic_site.pages.models import Page
from tests.content_sync.folder import ContentFolder, edit, live, run, words_of
from tests.real_clinic import REAL_CLINIC

TEXT = """---
# the page on safety
layout: article
title:   "Is it safe?"
summary: >-
  Mostly.
---


## Risks

Some.


"""


@pytest.mark.usefixtures("published")
def test_the_shipped_content_comes_back_byte_for_byte(tmp_path: Path, settings: object) -> None:
    shipped = ContentFolder(Path(settings.CONTENT_DIR))  # type: ignore[attr-defined]  # a setting
    assert not run("export_content", to=str(tmp_path / "out")).failure
    out = ContentFolder(tmp_path / "out").files()
    for line in (f"{name}: {value}" for name, value in REAL_CLINIC.items()):
        assert line.encode() in out["clinic.md"]
    wanted = {path: data for path, data in shipped.files().items() if not path.startswith(".")}
    del out["clinic.md"], wanted["clinic.md"]
    assert out == wanted


def test_an_untouched_file_comes_back_byte_for_byte(content: ContentFolder) -> None:
    content.write_text("safety.md", TEXT)
    content.write_text("crlf.md", "\ufeff" + TEXT.replace("\n", "\r\n"))
    content.sync()
    before = content.files()
    assert "2 unchanged" in content.export().summary
    assert content.files() == before


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ({"body": "## Risks\r\n\r\nA few.\r\n"}, "Some.", "A few."),
        ({"title": "Safe?"}, 'title:   "Is it safe?"', "title: Safe?"),
        ({"summary": ""}, "summary: >-\n  Mostly.\n", ""),
        ({"health": True}, "Mostly.\n---", "Mostly.\nhealth: true\n---"),
    ],
)
def test_a_touched_file_differs_only_where_staff_changed_it(
    content: ContentFolder, editor: User, words: dict[str, object], old: str, new: str
) -> None:
    content.write_text("safety.md", TEXT)
    content.sync()
    edit("safety", editor, **words)
    assert "1 updated" in content.export().summary
    assert (content.path / "safety.md").read_text() == TEXT.replace(old, new)


def test_colleagues_can_read_what_is_exported_and_the_folders_made_for_it(
    content: ContentFolder, editor: User
) -> None:
    page = create_page(path="topics/deep/new-page", layout="article", by=editor)
    publish(page=page, words={"title": "New", "body": "Words."}, by=editor)
    content.export()
    file = content.path / "topics" / "deep" / "new-page.md"
    assert file.stat().st_mode & 0o777 == 0o644
    assert {one.stat().st_mode & 0o777 for one in (file.parent, file.parent.parent)} == {0o755}


def test_after_an_export_a_sync_finds_nothing_to_do(content: ContentFolder, editor: User) -> None:
    content.write_text("safety.md", TEXT)
    content.sync()
    edit("safety", editor, body="Other words.", summary="Other.", menu_title="Safe")
    content.export()
    run = content.sync()
    assert run.summary == "0 created, 0 updated, 1 unchanged, 0 kept (staff), 0 conflict"
    content.write_text(
        "safety.md", (content.path / "safety.md").read_text().replace("Other.", "X.")
    )
    assert "1 updated" in content.sync().summary


def test_a_page_that_staff_made_becomes_a_file(content: ContentFolder, editor: User) -> None:
    content.write("faq/index.md", layout="faq", topics=[{"slug": "cost", "title": "Cost"}])
    content.sync()
    page = create_page(path="faq/price", layout="question", position=3, by=editor)
    words = {"title": "What is the price?", "body": "Ask us.", "details": {"topic": "cost"}}
    publish(page=page, words=words, by=editor)
    assert "1 created" in content.export().summary
    assert (content.path / "faq/price.md").read_text() == (
        "---\nlayout: question\nposition: 3\ntitle: What is the price?\nhealth: false\n"
        "topic: cost\n---\n\nAsk us.\n"
    )
    assert "2 unchanged" in content.sync().summary


def test_a_folder_page_that_staff_made_becomes_an_index(
    content: ContentFolder, editor: User
) -> None:
    page = create_page(path="terms", layout="glossary", by=editor)
    publish(page=page, words={"title": "Words"}, by=editor)
    content.export()
    assert (content.path / "terms/index.md").exists()


def test_drafts_stay_in_the_database(content: ContentFolder, editor: User) -> None:
    content.write_text("safety.md", TEXT)
    content.sync()
    page = Page.objects.get()
    save_draft(page=page, words=words_of("safety", {"body": "Draft."}), by=editor)
    save_draft(
        page=create_page(path="other", layout="article", by=editor),
        words={"title": "Other"},
        by=editor,
    )
    content.export()
    assert content.files() == {"safety.md": TEXT.encode()}


def test_a_withdrawn_page_keeps_its_file(content: ContentFolder, editor: User) -> None:
    content.write_text("safety.md", TEXT)
    content.sync()
    withdraw(page=Page.objects.get(), by=editor)
    run = content.export()
    assert "withdrawn    content/safety.md" in run.out
    assert content.files() == {"safety.md": TEXT.encode()}
    content.sync()
    assert not Page.objects.published().exists()


def test_a_page_that_staff_moved_moves_its_file(content: ContentFolder, editor: User) -> None:
    content.write_text("safety.md", TEXT)
    content.sync()
    move(page=Page.objects.get(), to="is-it-safe", by=editor)
    edit("is-it-safe", editor, body="Other words.")
    assert "1 moved" in content.export().summary
    assert list(content.files()) == ["is-it-safe.md"]
    assert not content.sync().failure
    assert Page.objects.get().source_path == "is-it-safe.md"
    assert live("is-it-safe").page.revisions.count() == 2


def test_a_conflict_is_not_settled_by_an_export(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", "Words.", title="Safe")
    content.sync()
    edit("safety", editor, body="Staff's.", title="Staff's")
    content.write("safety.md", "The file's.", title="Safe")
    content.sync()
    content.export()
    text = (content.path / "safety.md").read_text()
    assert "The file's." in text
    assert "title: Staff's" in text
    assert content.sync().failure
    assert Conflict.objects.unsettled().get().file == "The file's."


def test_words_that_were_not_taken_in_are_never_written_over(
    content: ContentFolder, editor: User
) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    edit("safety", editor, body="Staff's.")
    content.write("safety.md", "Not taken in.")
    before = content.files()
    run = content.export()
    assert run.faults == [
        "content/safety.md:1: has changes that were not taken in; run sync_content first"
    ]
    assert content.files() == before


def test_words_that_no_file_can_hold_are_told(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    page = Page.objects.get()
    page.revisions.create(title="Safe", body="A \x1f in it.", publish_at=timezone.now())
    before = content.files()
    assert content.export().faults[0].startswith("content/safety.md:1: can't be written")
    assert content.files() == before


def test_another_folder_gets_everything(content: ContentFolder, tmp_path: Path) -> None:
    content.write_text("a/b.md", TEXT)
    content.sync()
    content.export(to=str(tmp_path / "out"))
    assert ContentFolder(tmp_path / "out").files() == content.files()
