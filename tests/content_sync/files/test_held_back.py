"""A file at fault is held back, with what depends on it; all else is taken in, and the run fails."""

import os
import socket
from pathlib import Path

import pytest

from clinic_site.content_sync.files import parse_cache
from clinic_site.content_sync.models import SourceFile
from clinic_site.pages.models import Page, Revision
from tests.content_sync.folder import CLINIC, FRONT, ContentFolder, live

CONFLICT = "<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> upgrade\n"


@pytest.fixture
def site(content: ContentFolder) -> ContentFolder:
    """A site with live pages; its clinic's words have changed since."""
    content.write("home.md", layout="home", headline="Hello")
    content.write("safety.md", "Old words.")
    assert not content.sync().failure
    content.write("safety.md", "New words.")
    return content


def test_two_new_files_for_one_address(site: ContentFolder) -> None:
    site.write("ev.md", "One.")
    site.write("ev/index.md", "Two.")
    run = site.sync()
    assert run.faults == [
        "content/ev/index.md:1: is the same address as ev.md; keep one of the two"
    ]
    assert run.failure
    assert (live("safety").body, live("ev").body) == ("New words.", "One.")


def test_a_second_file_for_the_address_of_a_live_page_leaves_it_alone(site: ContentFolder) -> None:
    site.write("ev/index.md", "Old.")
    site.sync()
    site.write("ev.md", "Other.")
    assert site.sync().faults == [
        "content/ev.md:1: is the same address as ev/index.md; keep one of the two"
    ]
    assert live("ev").body == "Old."


@pytest.mark.parametrize("kind", ["loop", "broken", "device", "fifo", "socket", "folder", "big"])
def test_whatever_else_bears_the_name_of_a_page(
    site: ContentFolder, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = site.path / "ev.md"
    if kind == "loop":
        entry.symlink_to("ev.md")
    elif kind == "broken":
        entry.symlink_to("nothing.md")
    elif kind == "device":
        entry.symlink_to("/dev/zero")
    elif kind == "fifo":
        os.mkfifo(entry)
    elif kind == "socket":
        monkeypatch.chdir(site.path)
        socket.socket(socket.AF_UNIX).bind("ev.md")
    elif kind == "folder":
        (entry / "in").mkdir(parents=True)
        (entry / "in" / "a.md").write_text(FRONT)
    else:
        with entry.open("wb") as file:
            file.truncate(10**12)  # a hole; reading it all would take all memory
    run = site.sync()
    assert [fault.split(": ")[0] for fault in run.faults] == ["content/ev.md:1"]
    assert run.failure
    assert live("safety").body == "New words."


def test_the_marks_of_a_merge_never_reach_patients(site: ContentFolder) -> None:
    site.write_text("home.md", (site.path / "home.md").read_text() + CONFLICT)
    run = site.sync()
    assert len(run.faults) == 1
    assert not Revision.objects.filter(body__contains="<<<<<<<").exists()
    assert live("safety").body == "New words."


def test_what_depends_on_a_file_at_fault_waits_for_it(site: ContentFolder) -> None:
    site.write("a.md", f"Words.\n{CONFLICT}")
    site.write("b.md", "[on](/a/)")
    site.write("c.md", "[on](/b/)")
    run = site.sync()
    assert [fault.split(": ")[0] for fault in run.faults] == [
        f"content/{place}" for place in ("a.md:7", "b.md:6", "c.md:6")
    ]
    assert (
        "“/a/” leads to a.md, which is held back; put right what is wrong there first"
        in run.faults[1]
    )
    assert set(Page.objects.values_list("path", flat=True)) == {"home", "safety"}
    site.write("a.md", "Words.")
    assert not site.sync().failure
    assert live("c").body == "[on](/b/)"


def test_a_new_site_does_without_the_page_at_fault(content: ContentFolder) -> None:
    content.write("home.md", "[on](/a/)", layout="home", headline="Hello")
    content.write("a.md", f"Words.\n{CONFLICT}")
    run = content.sync()
    assert [fault.split(": ")[0] for fault in run.faults] == ["content/a.md:7"]
    assert [page.path for page in Page.objects.published()] == ["home"]
    assert content.sync().faults == run.faults


def test_a_file_at_fault_does_not_count_as_gone(site: ContentFolder) -> None:
    site.write("safety.md", CONFLICT)
    assert "gone" not in site.sync().out
    assert not SourceFile.objects.get(path="safety.md").is_gone
    assert live("safety").body == "Old words."


def test_the_pages_of_a_folder_that_cannot_be_opened_do_not_count_as_gone(
    site: ContentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("faq/index.md", layout="faq", topics=[])
    site.sync()
    scandir = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("faq"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    run = site.sync()
    assert run.faults == [
        "content/faq:1: can't be opened (Permission denied); let the site's user read it"
    ]
    assert "gone" not in run.out


def test_a_file_that_cannot_be_read(site: ContentFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("ev.md", "Words.")
    opened = os.open

    def closed(path: str | Path, *rest: int) -> int:
        if str(path).endswith("ev.md"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest)

    monkeypatch.setattr("clinic_site.content_sync.files.read_files.os.open", closed)
    assert site.sync().faults == [
        "content/ev.md:1: can't be read (Permission denied); let the site's user read it"
    ]
    assert live("safety").body == "New words."


def test_a_value_that_does_not_fit_undoes_its_file_alone(site: ContentFolder) -> None:
    site.write("clinic.md", layout="clinic", **(CLINIC | {"email": "nobody"}))
    run = site.sync()
    assert [fault.split(" ")[0] for fault in run.faults] == ["content/clinic.md:6:"]
    assert live("safety").body == "New words."
    assert not Page.objects.filter(path="clinic").exists()


def test_a_fault_of_our_own_code_holds_one_file_back(
    site: ContentFolder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    site.write("ev.md", "A word that nobody foresaw.")
    parse = parse_cache.parse

    def fails(body: str) -> object:
        if "foresaw" in body:
            raise RecursionError("too deep")
        return parse(body)

    monkeypatch.setattr(parse_cache, "parse", fails)
    run = site.sync()
    assert run.faults[0].startswith("content/ev.md:1: can't be taken in (RecursionError: too deep)")
    assert live("safety").body == "New words."
    assert "ev.md could not be taken in" in caplog.text


@pytest.mark.parametrize(
    "name",
    [
        *("safety.md~", "safety.md.orig", "safety.md.bak", "safety.md.rej", "Thumbs.db"),
        *("desktop.ini", "README.md", ".DS_Store", ".safety.md.swp", "#safety.md#", ".git/config"),
    ],
)
def test_the_litter_of_editors_is_passed_over_and_named_once(
    site: ContentFolder, name: str
) -> None:
    site.write_text(name, CONFLICT)
    run = site.sync()
    assert (run.faults, run.failure) == ([], "")
    assert run.out.count(name.partition("/")[0]) == 1
    assert "passed over, no content files: " in run.out
    assert live("safety").body == "New words."


def test_a_name_stays_on_its_line(site: ContentFolder) -> None:
    (site.path / "a\nb\u2028.md").write_text(FRONT)
    Path(os.fsdecode(os.fsencode(site.path) + b"/caf\xe9.md")).write_text(FRONT)
    run = site.sync()
    assert [fault.split(" has ")[0] for fault in run.faults] == [
        "content/a\\nb\\u2028.md:1:",
        "content/caf\\udce9.md:1:",
    ]


def test_a_giant_value_is_told_shortly(site: ContentFolder) -> None:
    site.write("ev.md", layout="x" * 90_000)
    fault = site.sync().faults[0]
    assert len(fault) < 500
    assert "write one of" in fault


def test_a_file_that_went_is_told_once(site: ContentFolder) -> None:
    site.remove("safety.md")
    assert "file gone" in site.sync().out
    assert "file gone" not in site.sync().out
