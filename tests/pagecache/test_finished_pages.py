"""Pages from memory: what is kept, for whom, until when."""

import gzip
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import brotli
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from clinic_site.clinic.models import Clinic
from clinic_site.clinic.taking_in import take_in
from clinic_site.pagecache import serving, stamp
from clinic_site.pagecache.serving import FinishedPages
from clinic_site.pages.models import Page, Revision
from clinic_site.pages.publishing import create_page, publish, save_draft, withdraw
from clinic_site.pages.reading import read_page

pytestmark = pytest.mark.django_db
HOST = "localhost:8000"


class Answer:
    """One WSGI answer."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = int(status[:3])
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body


class Caller:
    """Asks a fresh memory in front of Django, and counts how often Django is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.django = get_wsgi_application()
        self.pages = FinishedPages(
            self._django, hosts=[HOST], session_cookie="session", scheme="http"
        )

    def _django(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        } | headers
        status: list[Any] = []
        body = self.pages(environ, lambda *given: status.extend(given))
        return Answer(status[0], status[1], b"".join(body))


@pytest.fixture
def caller(published: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    monkeypatch.setattr(stamp, "READ_EVERY", 0)
    return Caller()


def test_the_second_view_of_a_page_does_not_reach_django(caller: Caller) -> None:
    caller.get("/safety/")
    caller.get("/safety/")
    assert caller.asked == 1


def test_the_page_from_memory_is_the_page_that_django_made(caller: Caller) -> None:
    assert caller.get("/safety/").body == caller.get("/safety/").body != b""


@pytest.mark.parametrize(
    ("coding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_each_coding_holds_the_same_page(
    caller: Caller, coding: str, decode: Callable[[bytes], bytes]
) -> None:
    plain = caller.get("/safety/").body
    coded = caller.get("/safety/", HTTP_ACCEPT_ENCODING=coding)
    assert (coded.headers["content-encoding"], decode(coded.body)) == (coding, plain)


def test_the_answer_says_that_it_depends_on_the_coding(caller: Caller) -> None:
    assert caller.get("/safety/").headers["vary"] == "Accept-Encoding"


def test_a_page_from_memory_keeps_its_security_headers(caller: Caller) -> None:
    caller.get("/safety/")
    assert "default-src 'none'" in caller.get("/safety/").headers["content-security-policy"]


def test_who_has_the_page_is_told_so(caller: Caller) -> None:
    tag = caller.get("/safety/").headers["etag"]
    again = caller.get("/safety/", HTTP_IF_NONE_MATCH=tag)
    assert (again.status, again.body) == (304, b"")


def test_a_page_says_when_its_words_last_changed(caller: Caller) -> None:
    reading = read_page("safety")
    assert reading is not None and reading.changed_at is not None
    changed = http_date(reading.changed_at.timestamp())
    assert caller.get("/safety/").headers["last-modified"] == changed


def seen_at(caller: Caller, *, later: int) -> str:
    """The date of the page and so many seconds more."""
    date = caller.get("/safety/").headers["last-modified"]
    return http_date(parse_http_date(date) + later)


@pytest.mark.parametrize(("later", "status"), [(-1, 200), (0, 304), (1, 304)])
def test_who_has_seen_the_page_since_it_changed_is_told_so(
    caller: Caller, later: int, status: int
) -> None:
    since = seen_at(caller, later=later)
    assert caller.get("/safety/", HTTP_IF_MODIFIED_SINCE=since).status == status


def test_a_tag_counts_for_more_than_a_date(caller: Caller) -> None:
    since = seen_at(caller, later=0)
    again = caller.get("/safety/", HTTP_IF_MODIFIED_SINCE=since, HTTP_IF_NONE_MATCH='"other"')
    assert again.status == 200


@pytest.mark.parametrize("since", ["", "yesterday", "Mon, 99 Foo 2026 00:00:00 GMT"])
def test_a_date_that_cannot_be_read_says_nothing(caller: Caller, since: str) -> None:
    assert caller.get("/safety/", HTTP_IF_MODIFIED_SINCE=since).status == 200


def test_each_coding_has_a_tag_of_its_own(caller: Caller) -> None:
    plain, coded = caller.get("/safety/"), caller.get("/safety/", HTTP_ACCEPT_ENCODING="br")
    assert plain.headers["etag"] != coded.headers["etag"]


@pytest.mark.parametrize("warm", [False, True])
def test_head_has_the_headers_of_get_and_no_body(caller: Caller, warm: bool) -> None:
    if warm:
        caller.get("/safety/")
    head = caller.get("/safety/", method="HEAD")
    get = caller.get("/safety/")
    assert (head.headers, head.body) == (get.headers, b"")


def test_a_range_is_answered_with_the_whole_page(caller: Caller) -> None:
    assert caller.get("/safety/", HTTP_RANGE="bytes=0-9").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "session=abc"},
        {"HTTP_COOKIE": "other=1; session=abc"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "a=1"},
        {"RAW_URI": "http://localhost:8000/safety/"},
        {"wsgi.url_scheme": "https"},
        {"SCRIPT_NAME": "/safety"},
    ],
)
def test_what_is_out_of_the_ordinary_goes_to_django(
    caller: Caller, headers: dict[str, str]
) -> None:
    caller.get("/safety/")
    caller.get("/safety/", **headers)
    assert caller.asked == 2


def test_a_patients_form_cookie_does_not_keep_pages_from_memory(caller: Caller) -> None:
    caller.get("/safety/", HTTP_COOKIE="csrf=1; nosession=2")
    caller.get("/safety/", HTTP_COOKIE="csrf=1; nosession=2")
    assert caller.asked == 1


def test_a_wrong_host_is_refused(caller: Caller) -> None:
    caller.get("/safety/")
    assert caller.get("/safety/", HTTP_HOST="evil.example").status == 400


@pytest.mark.parametrize(
    "header",
    [
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_ORIGINAL_URL",
        "HTTP_X_REWRITE_URL",
        "HTTP_X_FORWARDED_PREFIX",
    ],
)
def test_a_header_that_is_no_part_of_the_key_changes_nothing(caller: Caller, header: str) -> None:
    poisoned = caller.get("/safety/", **{header: "evil.example"}).body
    assert b"evil" not in poisoned
    assert caller.get("/safety/").body == poisoned


@pytest.mark.parametrize(
    "path", ["/no-such-page/", "//safety/", "/safety//", "/faq/driving/", "/safety"]
)
def test_only_pages_are_kept(caller: Caller, path: str) -> None:
    caller.get(path)
    caller.get(path)
    assert caller.asked == 2


def test_the_sign_in_of_staff_is_never_kept(caller: Caller) -> None:
    caller.get("/admin/login/")
    caller.get("/admin/login/")
    assert caller.asked == 2


def test_publishing_shows_at_once(caller: Caller) -> None:
    caller.get("/privacy/")
    page = Page.objects.get(path="privacy")
    publish(page=page, words={"title": "Privacy", "body": "New words."}, by=None)
    assert b"New words." in caller.get("/privacy/").body


def test_a_draft_leaves_the_pages_as_they_are(caller: Caller) -> None:
    caller.get("/privacy/")
    page = Page.objects.get(path="privacy")
    save_draft(page=page, words={"title": "Privacy", "body": "New words."}, by=None)
    caller.get("/privacy/")
    assert caller.asked == 1


def test_a_scheduled_revision_shows_once_its_time_has_come(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page.objects.get(path="privacy")
    words = {"title": "Privacy", "body": "Words of the future."}
    at = timezone.now() + timedelta(hours=1)
    save_draft(page=page, words=words, by=None, publish_at=at)
    assert b"future" not in caller.get("/privacy/").body
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(seconds=1))
    assert b"Words of the future." in caller.get("/privacy/").body


def test_a_withdrawn_page_is_gone_at_once(caller: Caller) -> None:
    caller.get("/privacy/")
    withdraw(page=Page.objects.get(path="privacy"), by=None)
    assert caller.get("/privacy/").status in (404, 410)


def test_a_new_page_shows_in_the_menu_of_all_pages(caller: Caller) -> None:
    caller.get("/safety/")
    made = create_page(path="news", layout="article", by=None)
    publish(page=made, words={"title": "News of the clinic"}, by=None)
    assert b"News of the clinic" in caller.get("/safety/").body


def test_a_changed_detail_of_the_clinic_shows_on_all_pages(caller: Caller) -> None:
    caller.get("/safety/")
    take_in(details={"phone": "604-555-0199"})
    assert Clinic.objects.get().phone == "604-555-0199"
    assert b"604-555-0199" in caller.get("/safety/").body


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "READ_EVERY", 0)
    page = create_page(path="news", layout="article", by=None)
    publish(page=page, words={"title": "News", "body": "Kept words."}, by=None)
    caller = Caller()
    with transaction.atomic():
        publish(page=page, words={"title": "News", "body": "Lost words."}, by=None)
        transaction.set_rollback(True)
    assert Revision.objects.count() == 1
    assert b"Kept words." in caller.get("/news/").body


def test_the_memory_is_bounded(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_PAGES", 2)
    for path in ("/safety/", "/privacy/", "/glossary/", "/safety/"):
        caller.get(path)
    assert caller.asked == 4


def test_pages_are_answered_while_the_database_is_not(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = caller.get("/safety/").body

    def broken() -> stamp.Value:
        raise stamp.DatabaseError("down")

    monkeypatch.setattr(stamp, "read", broken)
    assert caller.get("/safety/").body == kept
    assert caller.asked == 1
