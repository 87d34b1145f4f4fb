"""Pages from memory in the event loop, everything else by a thread: the same answers, and nobody waits for others."""

import sys
from collections.abc import Callable, Iterator

import pytest

from clinic_site.pagecache.asgi_front import MOST_BODY, MOST_STAFF_BODY
from tests.pagecache.talking import Talk
from tests.serving import Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
HALF = "GET /safety/ HTTP/1.1\r\nHo"
MORE_THAN_THREADS = 20  # two workers have four each
UNREAD = 300
URLENCODED = "Content-Type: application/x-www-form-urlencoded"
FORM = URLENCODED, "Content-Length: 9"
Connect = Callable[[], Talk]


@pytest.fixture
def connect(site: Site) -> Iterator[Connect]:
    """A maker of connections, which are closed at the end."""
    made: list[Talk] = []

    def make() -> Talk:
        made.append(Talk(site))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def talk(connect: Connect) -> Talk:
    """A connection that has been answered once, so that the page is in its worker's memory."""
    made = connect()
    made.ask("/safety/")
    return made


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_a_page_from_memory_is_the_page_that_a_thread_gave(connect: Connect, coding: str) -> None:
    talk, accepts = connect(), f"Accept-Encoding: {coding}"
    first = talk.ask("/how-often/", accepts)
    assert first == talk.ask("/how-often/", accepts) and first[0] == 200


def test_a_head_from_memory_has_no_body(talk: Talk) -> None:
    whole = talk.ask("/safety/")
    assert talk.ask("/safety/", method="HEAD") == (200, whole[1], b"")


def test_who_has_the_page_is_told_so(talk: Talk) -> None:
    tag = talk.ask("/safety/")[1]["etag"]
    told = talk.ask("/safety/", f"If-None-Match: {tag}")
    assert (told[0], told[2]) == (304, b"")


def test_requests_that_arrive_together_are_all_answered_in_turn(talk: Talk) -> None:
    talk.say(talk.head("/safety/") + talk.head("/no-such-page/") + talk.head("/privacy/"))
    assert [talk.hear()[0] for _ in range(3)] == [200, 404, 200]


def test_a_request_in_pieces_is_answered(talk: Talk) -> None:
    whole = talk.head("/safety/")
    for piece in (whole[:7], whole[7:30], whole[30:-1], whole[-1:]):
        talk.say(piece)
    assert talk.hear()[0] == 200


def test_a_page_in_memory_waits_for_no_thread(connect: Connect, talk: Talk) -> None:
    slow = [connect() for _ in range(MORE_THAN_THREADS)]
    for one in slow:
        one.say(one.head("/book/", *FORM, method="POST") + "half")
    assert all(talk.ask("/safety/")[0] == 200 for _ in range(20))


def test_half_a_request_holds_up_nobody(connect: Connect, talk: Talk) -> None:
    slow = [connect() for _ in range(MORE_THAN_THREADS)]
    for one in slow:
        one.say(HALF)
    assert connect().ask("/no-such-page/")[0] == 404
    slow[0].say(f"st: localhost:{talk.site.port}\r\n\r\n")
    assert slow[0].hear()[0] == 200


def test_who_never_hangs_up_holds_up_nobody(connect: Connect, talk: Talk) -> None:
    talk.socket.settimeout(10)  # seconds; one after the other they would take 40
    for one in [connect() for _ in range(MORE_THAN_THREADS)]:
        assert one.ask("/safety/", "Connection: close")[0] == 200
        assert one.file.read() == b""
    assert talk.ask("/safety/")[0] == 200


def test_who_reads_late_gets_every_byte(talk: Talk) -> None:
    page = talk.ask("/faq/")
    for _ in range(UNREAD):
        talk.say(talk.head("/faq/"))
    assert all(talk.hear() == page for _ in range(UNREAD))


@pytest.mark.parametrize(
    "words",
    ["\x16\x03\x01\x02\x00\x01", "garbage\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\nHost: a\n\n"],
)
def test_what_is_no_request_is_refused_at_once(talk: Talk, words: str) -> None:
    talk.say(words)
    assert talk.hear()[0] == 400


def test_a_form_in_chunks_is_read_whole(talk: Talk) -> None:
    talk.say(talk.head("/book/", URLENCODED, "Transfer-Encoding: chunked", method="POST"))
    talk.say("8\r\nname=Ann\r\n4\r\na+Le\r\n0\r\n\r\n")
    status, _, body = talk.hear()
    assert (status, b'value="Anna Le"' in body) == (422, True)


def test_a_body_that_is_too_long_is_refused_and_the_connection_closed(talk: Talk) -> None:
    size = MOST_BODY + 1
    talk.say(talk.head("/book/", URLENCODED, f"Content-Length: {size}", method="POST") + "a" * size)
    assert talk.hear()[0] == 413
    assert talk.file.read() == b""


@pytest.mark.parametrize(
    ("path", "cookie", "status"),
    [
        ("/admin/images/image/add/", "session=made-up", 403),
        ("/admin/images/image/add/", "staff-device=x", 413),
        ("/admin/pages/page/add/", "session=made-up", 413),
    ],
)
def test_a_photo_is_read_where_pictures_are_taken_from_whoever_carries_a_session(
    talk: Talk, path: str, cookie: str, status: int
) -> None:
    size = MOST_STAFF_BODY + 1
    head = talk.head(
        path, URLENCODED, f"Content-Length: {size}", f"Cookie: {cookie}", method="POST"
    )
    talk.say(head + "a" * size)
    assert talk.hear()[0] == status


def test_no_header_passes_for_one_that_the_proxy_sets(talk: Talk) -> None:
    plain = talk.ask("/no-such-page/")
    assert talk.ask("/no-such-page/", "X_Forwarded_Proto: https", "Content_Length: 7") == plain


def test_slow_senders_hold_up_no_form(connect: Connect, talk: Talk) -> None:
    slow = [connect() for _ in range(64)]
    for one in slow:
        one.say(one.head("/book/", *FORM, method="POST") + "name")
    assert talk.ask("/book/", URLENCODED, "Content-Length: 0", method="POST")[0] == 422
    slow[-1].say("=Anna")
    assert b'value="Anna"' in slow[-1].hear()[2]


def test_slow_readers_hold_up_no_form(connect: Connect, talk: Talk) -> None:
    for one in [connect() for _ in range(64)]:
        one.say(one.head("/faq/?unread=1") * 20)
    assert talk.ask("/book/", URLENCODED, "Content-Length: 0", method="POST")[0] == 422


@pytest.mark.parametrize("path", ["/safety/../admin/", "/./safety/", "//safety/", "/safety/" * 300])
def test_an_odd_path_is_no_page(talk: Talk, path: str) -> None:
    assert talk.ask(path)[0] in (301, 404)


def test_a_wrong_host_is_refused(talk: Talk) -> None:
    talk.say("GET /safety/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    assert talk.hear()[0] == 400
