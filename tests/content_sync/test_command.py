"""The command line of sync_content: what it takes, says, and answers with."""

import sqlite3
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from clinic_site.content_sync.models import BodyFacts, SourceFile
from clinic_site.pages.models import Page, Revision
from tests.content_sync.folder import ContentFolder, edit, live


def test_check_says_what_would_happen_and_changes_nothing(content: ContentFolder) -> None:
    content.write("safety.md", "Words.")
    run = content.sync(check=True)
    assert (run.summary[:9], run.failure) == ("1 created", "")
    for model in (Page, Revision, SourceFile, BodyFacts):
        assert not model.objects.exists()


def test_check_fails_where_a_sync_would(content: ContentFolder, editor: User) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    edit("safety", editor, body="Staff's.")
    content.write("safety.md", "The file's.")
    assert content.sync(check=True).failure == "1 conflict to be settled by an editor."
    content.write("safety.md", "[x](/nowhere/)")
    assert (
        content.sync(check=True).failure
        == "1 fault; what is at fault is held back, all else is taken in."
    )


@pytest.mark.parametrize("path", ["a.md", "content/a.md", "{folder}/a.md"])
def test_a_path_limits_what_is_taken_in(content: ContentFolder, path: str) -> None:
    content.write("a.md", "Old.")
    content.write("b.md", "Old.")
    content.sync()
    content.write("a.md", "New.")
    content.write("b.md", "New.")
    content.sync(path.format(folder=content.path))
    assert (live("a").body, live("b").body) == ("New.", "Old.")


def test_a_folder_stands_for_its_files(content: ContentFolder) -> None:
    content.write("faq/index.md", layout="faq", topics=[])
    content.write("faq/cost.md", layout="question")
    content.write("safety.md")
    assert "2 created" in content.sync("faq").summary


def test_a_path_does_not_hide_the_faults_of_other_files(content: ContentFolder) -> None:
    content.write("a.md", "Words.")
    content.write("b.md", "[x](/nowhere/)")
    assert content.sync("a.md").faults == [
        "content/b.md:6: “/nowhere/” leads nowhere: there is no page at /nowhere/"
    ]


def test_a_file_taken_in_alone_may_not_link_to_one_that_is_not(content: ContentFolder) -> None:
    content.write("a.md", "[x](/b/)")
    content.write("b.md", "Words.")
    assert content.sync("a.md").faults == [
        "content/a.md:6: “/b/” leads nowhere: there is no page at /b/"
    ]
    assert not content.sync("a.md", "b.md").failure


@pytest.mark.parametrize("path", ["none.md", "../secret.md", "/etc/passwd"])
def test_a_path_that_is_not_there(content: ContentFolder, path: str) -> None:
    (content.path.parent / "secret.md").write_text("Words.")
    assert content.sync(path).failure == f"There is no file {path} in {content.path}."


def test_unchanged_files_are_named_only_when_asked(content: ContentFolder) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    assert len(content.sync().out.splitlines()) == 1
    assert "unchanged    content/safety.md" in content.sync(verbosity=2).out
    assert content.sync(verbosity=0).out == ""


def test_a_busy_database_is_told_in_a_sentence(
    content: ContentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**_: object) -> None:
        raise OperationalError("database is locked") from sqlite3.OperationalError()

    monkeypatch.setattr("clinic_site.content_sync.sync_content.sync", busy)
    assert content.sync().failure.startswith("The database is busy")


def test_the_queries_do_not_grow_with_unchanged_files(content: ContentFolder) -> None:
    counts = []
    for number in (1, 12):
        for each in range(number):
            content.write(f"page-{each}.md", f"Words {each}, [on](/page-0/).")
        content.sync()
        with CaptureQueriesContext(connection) as captured:
            content.sync()
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_an_unchanged_file_is_not_parsed(
    content: ContentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    content.write("safety.md", "Words.")
    content.sync()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("an unchanged file was parsed")

    monkeypatch.setattr("clinic_site.content_sync.files.parse_cache.parse", never)
    monkeypatch.setattr("clinic_site.content_sync.files.read_files.read_source", never)
    assert "1 unchanged" in content.sync().summary


def test_links_are_checked_again_when_the_other_file_changes(content: ContentFolder) -> None:
    content.write("a.md", "[x](/b/#risks)")
    content.write("b.md", "## Risks")
    content.sync()
    content.write("b.md", "## Dangers")
    assert content.sync().faults == [
        "content/a.md:6: “/b/#risks” leads nowhere: /b/ has no place with the anchor “#risks”"
    ]


def test_pictures_are_checked_again_when_nothing_changed(
    content: ContentFolder, tmp_path: Path, settings: object
) -> None:
    picture = tmp_path / "static" / "hand.svg"
    picture.parent.mkdir()
    picture.write_text("<svg/>")
    settings.STATICFILES_DIRS = [picture.parent]  # type: ignore[attr-defined]  # a setting
    content.write("a.md", "![A hand](/static/hand.svg)")
    assert not content.sync().failure
    picture.unlink()
    assert "there is no file /static/hand.svg" in content.sync().faults[0]
