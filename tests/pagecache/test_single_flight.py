"""After a change one thread renders a page and the others wait for it; who comes late with an old page keeps it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from clinic_site.pagecache import single_flight, stamp
from clinic_site.pagecache.page_cache import MARK, FinishedPages

pytestmark = pytest.mark.django_db
ASKED = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/safety/",
    "HTTP_HOST": "clinic.example",
    "wsgi.url_scheme": "https",
}
READERS = 8


class Slow:
    """An application that renders when it is let, and counts how often it was asked."""

    def __init__(self) -> None:
        self.words = b"old"
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.asked = 0

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        self.asked += 1
        words = self.words
        self.begun.release()
        assert self.may_end.wait(10)
        environ[MARK] = True
        start_response("200 OK", [("Content-Type", "text/html")])
        return [words]


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The stamp, as the database would have it."""
    value = [1]
    monkeypatch.setattr(stamp, "READ_EVERY", 0)
    monkeypatch.setattr(stamp, "read", lambda: (value[0], None))
    yield value


def pages_over(application: Slow) -> FinishedPages:
    return FinishedPages(
        application, hosts=["clinic.example"], session_cookie="session", scheme="https"
    )


def ask(pages: FinishedPages) -> bytes:
    return b"".join(pages(dict(ASKED), lambda *told: None))


def test_one_renders_for_all_who_want_the_page(now: list[int]) -> None:
    slow = Slow()
    pages = pages_over(slow)
    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(ask, pages) for _ in range(READERS)]
        assert slow.begun.acquire(timeout=10)
        slow.may_end.set()
        assert {reader.result(10) for reader in readers} == {b"old"}
    assert slow.asked == 1


def test_who_waits_too_long_renders_too(now: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_flight, "PATIENCE", 0.01)
    slow = Slow()
    pages = pages_over(slow)
    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(ask, pages) for _ in range(2)]
        assert slow.begun.acquire(timeout=10) and slow.begun.acquire(timeout=10)
        slow.may_end.set()
        assert [reader.result(10) for reader in readers] == [b"old", b"old"]


def test_a_late_page_never_takes_the_place_of_a_newer_one(
    now: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_flight, "PATIENCE", 0.01)
    slow = Slow()
    pages = pages_over(slow)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(ask, pages)
        assert slow.begun.acquire(timeout=10)
        now[0], slow.words = 2, b"new"
        quick = Slow()
        quick.words = b"new"
        quick.may_end.set()
        pages.application = quick
        assert ask(pages) == b"new"
        slow.may_end.set()
        assert late.result(10) == b"old"
    assert (ask(pages), quick.asked) == (b"new", 1)
