"""The worker's short way to a page in memory, beside the long way: the same answers, and nobody waits for others."""

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.pagecache.talking import Talk
from tests.serving import Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
THE_LONG_WAY = "X_Odd: 1"  # gunicorn leaves it out
HALF = "GET /safety/ HTTP/1.1\r\nHo"
MORE_THAN_THREADS = 20  # two workers have four each
UNREAD = 300
FORM = "Content-Type: application/x-www-form-urlencoded", "Content-Length: 9"
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
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_both_ways_give_the_same_answer(talk: Talk, method: str, coding: str) -> None:
    accepts = f"Accept-Encoding: {coding}"
    quick = talk.ask("/safety/", accepts, method=method)
    assert quick == talk.ask("/safety/", accepts, THE_LONG_WAY, method=method)
    assert (quick[0], bool(quick[2])) == (200, method == "GET")


def test_both_ways_tell_who_has_the_page(talk: Talk) -> None:
    tag = talk.ask("/safety/")[1]["etag"]
    quick = talk.ask("/safety/", f"If-None-Match: {tag}")
    assert quick == talk.ask("/safety/", f"If-None-Match: {tag}", THE_LONG_WAY)
    assert (quick[0], quick[2]) == (304, b"")


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


def test_a_head_that_is_too_long_is_refused(talk: Talk) -> None:
    assert talk.ask("/safety/", f"X-Long: {'a' * 20_000}")[0] == 431


@pytest.mark.parametrize("path", ["/safety/../admin/", "/./safety/", "//safety/", "/safety/" * 300])
def test_an_odd_path_is_no_page(talk: Talk, path: str) -> None:
    assert talk.ask(path)[0] in (301, 404)


def test_a_wrong_host_is_refused(talk: Talk) -> None:
    talk.say("GET /safety/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    assert talk.hear()[0] == 400
