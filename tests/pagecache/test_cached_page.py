"""Pages from memory: what is kept, for whom, until when."""

import gzip
from collections.abc import Callable

import brotli
import pytest

from clinic_site.clinic.file_mapping import take_in
from tests.pagecache.conftest import Caller

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("first", ["br", "gzip", "gzip, deflate, br"])
def test_whoever_asks_first_the_page_is_kept_whole(caller: Caller, first: str) -> None:
    caller.get("/safety/", HTTP_ACCEPT_ENCODING=first)
    assert caller.get("/safety/").body.rstrip().endswith(b"</html>")


def test_the_answer_says_that_it_depends_on_the_coding(caller: Caller) -> None:
    assert caller.get("/safety/").headers["vary"] == "Accept-Encoding"


def test_a_page_from_memory_keeps_its_security_headers(caller: Caller) -> None:
    caller.get("/safety/")
    assert "default-src 'none'" in caller.get("/safety/").headers["content-security-policy"]


def test_who_has_the_page_is_told_so(caller: Caller) -> None:
    tag = caller.get("/safety/").headers["etag"]
    again = caller.get("/safety/", HTTP_IF_NONE_MATCH=tag)
    assert (again.status, again.body) == (304, b"")


def test_who_has_what_is_not_kept_here_is_told_so_too(caller: Caller) -> None:
    tag = caller.get("/search/").headers["etag"]
    again = caller.get("/search/", HTTP_IF_NONE_MATCH=tag)
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("since", ["", "yesterday", "Fri, 31 Dec 2100 00:00:00 GMT"])
def test_a_date_decides_nothing(caller: Caller, since: str) -> None:
    """A page shows the clinic's details too, whatever the date of its own words."""
    caller.get("/safety/")
    assert caller.get("/safety/", HTTP_IF_MODIFIED_SINCE=since).status == 200
    assert "last-modified" not in caller.get("/safety/").headers


def test_a_tag_counts_whatever_the_date(caller: Caller) -> None:
    tag = caller.get("/safety/").headers["etag"]
    old = "Mon, 05 Jan 2015 00:00:00 GMT"
    again = caller.get("/safety/", HTTP_IF_MODIFIED_SINCE=old, HTTP_IF_NONE_MATCH=tag)
    assert again.status == 304


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_who_has_the_page_with_the_old_phone_number_gets_the_new_one(
    caller: Caller, coding: str
) -> None:
    take_in(details={"phone": "604-555-4103"})
    tag = caller.get("/safety/", HTTP_ACCEPT_ENCODING=coding).headers["etag"]
    take_in(details={"phone": "604-555-4140"})
    again = caller.get("/safety/", HTTP_ACCEPT_ENCODING=coding, HTTP_IF_NONE_MATCH=tag)
    assert (again.status, again.headers["etag"] == tag) == (200, False)


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


@pytest.mark.parametrize("header", ["HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"])
def test_what_the_first_reader_has_already_is_not_what_others_get(
    caller: Caller, header: str
) -> None:
    since = {"HTTP_IF_MODIFIED_SINCE": "Fri, 31 Dec 2100 00:00:00 GMT", header: '"any"'}
    caller.get("/safety/", **since)
    assert b"<h1>" in caller.get("/safety/").body
