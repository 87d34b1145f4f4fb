"""The pages as a folder: whole, in step, the same bytes, and pruned."""

import gzip
from pathlib import Path

import brotli
import pytest
from django.test import Client
from pytest_django import Settings

from clinic_site.operations import static_export
from clinic_site.operations.static_export import EditionWriter, current
from clinic_site.pages.actions.publish import create_page, publish, save_draft, withdraw
from clinic_site.pages.models import Page

pytestmark = pytest.mark.django_db
FORM = {"consent": "I agree.", "consent_version": "1"}


@pytest.fixture(autouse=True)
def _small_site(db: None, settings: Settings, tmp_path: Path) -> None:
    """Four pages and the form, in a data folder of the test's own."""
    settings.DATA_DIR = settings.PUBLIC_DIR = tmp_path
    add("home", "home", {"headline": "Hello"})
    add("safety", "article")
    add("privacy", "article")
    add("faq", "faq")
    add("book", "enquiry", FORM)


def add(path: str, layout: str, details: dict[str, str] | None = None) -> None:
    page = create_page(path=path, layout=layout, by=None)
    words = {"title": path, "body": f"Words of {path}.", "details": details or {}}
    publish(page=page, words=words, by=None)


@pytest.fixture
def writer() -> EditionWriter:
    made = EditionWriter()
    made.keep_in_step()
    return made


def change(path: str, body: str) -> None:
    publish(page=Page.objects.get(path=path), words={"title": "Changed", "body": body}, by=None)


def test_a_file_holds_what_the_application_serves(writer: EditionWriter, client: Client) -> None:
    served = client.get("/safety/", headers={"host": "localhost:8000"}).content
    assert (current() / "safety" / "index.html").read_bytes() == served


def test_the_home_page_stands_at_the_top(writer: EditionWriter) -> None:
    assert b"<h1>" in (current() / "index.html").read_bytes()


def test_each_coding_holds_the_same_page(writer: EditionWriter) -> None:
    plain = (current() / "faq" / "index.html").read_bytes()
    assert gzip.decompress((current() / "faq" / "index.html.gz").read_bytes()) == plain
    assert brotli.decompress((current() / "faq" / "index.html.br").read_bytes()) == plain


def test_the_form_is_never_a_file(writer: EditionWriter) -> None:
    assert not (current() / "book").exists()


def test_nothing_is_written_while_nothing_changes(writer: EditionWriter) -> None:
    assert writer.keep_in_step() is False


def test_a_draft_writes_nothing(writer: EditionWriter) -> None:
    page = Page.objects.get(path="safety")
    save_draft(page=page, words={"title": "Safety", "body": "Secret."}, by=None)
    assert writer.keep_in_step() is False


def test_a_change_is_in_the_next_edition(writer: EditionWriter) -> None:
    change("safety", "New words.")
    assert writer.keep_in_step() is True
    assert b"New words." in (current() / "safety" / "index.html").read_bytes()


def test_a_withdrawn_page_leaves_the_folder(writer: EditionWriter) -> None:
    withdraw(page=Page.objects.get(path="privacy"), by=None)
    writer.keep_in_step()
    assert not (current() / "privacy").exists()


def test_the_edition_before_is_kept_for_slow_readers_and_no_other(
    writer: EditionWriter, tmp_path: Path
) -> None:
    for number in range(4):
        change("safety", f"Words {number}.")
        before = current().resolve()
        writer.keep_in_step()
    assert set((tmp_path / "editions").iterdir()) == {before, current().resolve()}


def test_a_folder_in_the_place_of_the_link_is_replaced(writer: EditionWriter) -> None:
    current().unlink()
    current().mkdir()
    change("safety", "New words.")
    writer.keep_in_step()
    assert b"New words." in (current() / "safety" / "index.html").read_bytes()


def test_an_edition_that_fails_leaves_the_old_one_whole(
    writer: EditionWriter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = current().readlink()
    change("safety", "New words.")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(static_export, "_save", full)
    with pytest.raises(OSError, match="No space"):
        writer.keep_in_step()
    assert current().readlink() == before
    assert len(list((tmp_path / "editions").iterdir())) == 1


def test_an_edition_that_failed_is_written_at_the_next_try(
    writer: EditionWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    change("safety", "New words.")
    with monkeypatch.context() as broken:
        broken.setattr(static_export, "_swap", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(OSError, match="full"):
            writer.keep_in_step()
    assert writer.keep_in_step() is True
