"""Something fails: the page that says so asks the database nothing and names the phone."""

from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from clinic_site.clinic.models import Clinic
from clinic_site.pagecache.csp_hash import hash_source
from clinic_site.pages.public import views
from tests.headers.test_response_headers import policy
from tests.reading_text import words_of


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A site on which every page fails. Without the database: these tests may not ask it anything."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the clinic")

    monkeypatch.setattr(views, "read_page", fail)
    return Client(raise_request_exception=False)


def test_it_says_so_in_the_sites_look_and_gives_nothing_away(broken: Client) -> None:
    answer = broken.get("/safety/")
    assert answer.status_code == 500
    assert "<h1>Something went wrong on our side</h1>" in answer.text
    assert "call 9-1-1" in words_of(answer.text)
    assert "secret" not in answer.text


def test_its_styles_are_there_and_allowed(broken: Client) -> None:
    answer = broken.get("/safety/")
    assert ".fibres{" in answer.text
    styles = answer.text.partition("<style>")[2].partition("</style>")[0]
    assert hash_source(styles) in policy(answer.headers)["style-src"]


def test_the_phone_is_that_of_the_file_where_the_process_has_read_no_other(broken: Client) -> None:
    assert 'href="tel:+16045550142">Call 604-555-0142</a>' in broken.get("/safety/").text


def test_no_search_engine_keeps_it(broken: Client) -> None:
    assert '<meta name="robots" content="noindex">' in broken.get("/safety/").text


@pytest.mark.parametrize("written", [None, "---\nname: [\n---\n"], ids=["missing", "broken"])
def test_it_is_there_without_the_file_too(
    broken: Client, settings: Settings, tmp_path: Path, written: str | None
) -> None:
    settings.CONTENT_DIR = tmp_path
    if written is not None:
        (tmp_path / "clinic.md").write_text(written)
    answer = broken.get("/safety/")
    assert (answer.status_code, "Go to the home page" in answer.text) == (500, True)


def test_the_phone_is_the_one_that_was_read_last(
    client: Client, published: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Clinic.objects.update(phone="604-555-0199")
    client.get("/safety/")

    def fail(request: HttpRequest, path: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(views, "read_page", fail)
    client.raise_request_exception = False
    assert "Call 604-555-0199" in client.get("/safety/").text
