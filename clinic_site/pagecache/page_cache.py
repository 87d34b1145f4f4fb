"""The outermost layer: answers a page from memory before Django is asked.

Only what a view has marked with `finished` is ever kept, under its exact path, for GET and HEAD
without a query, without a session cookie, on a host of ours. Everything else goes to Django.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.http import HttpRequest, HttpResponse

from clinic_site.pagecache.cached_page import FinishedPage, Reply, Variant, finish
from clinic_site.pagecache.negotiation import has_tag, preferred_coding
from clinic_site.pagecache.single_flight import SingleFlight
from clinic_site.pagecache.stamp import Watch

MARK = "clinic_site.finished"
# Nothing below these is ever kept, so that the form need not wait for the stamp when the database is locked.
NEVER_KEPT = ("/admin/", "/book/", "/preview/")
# Django is asked for the whole page, whatever the one who asks has of it already.
CONDITIONS = frozenset(
    f"HTTP_IF_{name}" for name in ("MATCH", "NONE_MATCH", "MODIFIED_SINCE", "UNMODIFIED_SINCE")
)
MOST_PAGES = 2_000
MOST_BYTES = 64 * 1024 * 1024
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
View = Callable[..., HttpResponse]


def finished(view: View) -> View:
    """Decorator: this view's 200 answers depend on the address alone and may be kept until pages change."""

    @wraps(view)
    def marking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:
            request.META[MARK] = True
        return response

    return marking


class Store:
    """Finished pages by path, the least recently asked for leave first; all of one generation of the stamp."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, FinishedPage] = OrderedDict()
        self._generation = 0
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, path: str, generation: int) -> FinishedPage | None:
        """The page kept under that path in that generation."""
        if generation != self._generation:
            return None
        page = self._pages.get(path)
        if page is not None:
            with self._lock:
                if path in self._pages:
                    self._pages.move_to_end(path)
        return page

    def put(self, path: str, generation: int, page: FinishedPage) -> None:
        """Keep a page; a newer generation empties the store first, an older one comes too late."""
        with self._lock:
            if generation < self._generation:
                return
            if generation > self._generation:
                self._pages.clear()
                self._generation, self._bytes = generation, 0
            if path in self._pages:
                self._bytes -= self._pages.pop(path).size
            self._pages[path] = page
            self._bytes += page.size
            while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= oldest.size


class FinishedPages:
    """WSGI: `application` behind the memory. `hosts`: the Host headers that may be answered from it."""

    def __init__(
        self, application: Application, *, hosts: Iterable[str], session_cookie: str, scheme: str
    ) -> None:
        self.application = application
        self.hosts = frozenset(hosts)
        self.session_cookie = session_cookie
        self.scheme = scheme
        self.store = Store()
        self.watch = Watch()
        self.flight = SingleFlight()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self._may_answer(environ):
            return self.application(environ, start_response)
        path = environ["PATH_INFO"]
        page = self._kept(path)
        if page is None:
            with self.flight.turn(path):
                page = self._kept(path)
                if page is None:
                    return self._ask(environ, start_response)
        return _answer(page, environ, start_response)

    def remembered(self, environ: Environ) -> Reply | None:
        """The answer where it is in memory and nobody need be asked, not even the database; takes no time."""
        if (generation := self.watch.known()) is None or not self._may_answer(environ):
            return None
        page = self.store.get(environ["PATH_INFO"], generation)
        variant = page.ready(_coding(environ)) if page else None
        return _reply(variant, environ) if variant else None

    def _may_answer(self, environ: Environ) -> bool:
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or environ.get("QUERY_STRING")
            or environ.get("SCRIPT_NAME")
            or not environ["PATH_INFO"].endswith("/")
            or environ.get("HTTP_HOST") not in self.hosts
            or environ["PATH_INFO"].startswith(NEVER_KEPT)
            or environ["wsgi.url_scheme"] != self.scheme
        ):
            return False
        cookies = environ.get("HTTP_COOKIE", "")
        return self.session_cookie not in cookies or not _has_cookie(cookies, self.session_cookie)

    def _kept(self, path: str) -> FinishedPage | None:
        generation = self.watch.generation()
        return None if generation is None else self.store.get(path, generation)

    def _ask(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Ask Django for the whole page, keep it if its view says so, and answer."""
        generation = self.watch.generation()
        asked = {name: environ[name] for name in environ if name not in CONDITIONS}
        asked["REQUEST_METHOD"] = "GET"
        status: list[Any] = []
        body = self.application(asked, lambda *given: status.extend(given))
        if not asked.get(MARK):
            if environ["REQUEST_METHOD"] == "GET" and CONDITIONS.isdisjoint(environ):
                start_response(*status)
                return body
            _close(body)
            return self.application(environ, start_response)
        page = finish(b"".join(drain(body)), status[1])
        if generation is not None:
            self.store.put(environ["PATH_INFO"], generation, page)
        return _answer(page, environ, start_response)


def _answer(page: FinishedPage, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    reply = _reply(page.variant(_coding(environ)), environ)
    start_response(reply.status, reply.headers)
    return [reply.body] if reply.body else []


def _coding(environ: Environ) -> str:
    return preferred_coding(environ.get("HTTP_ACCEPT_ENCODING", "")) or "identity"


def _reply(variant: Variant, environ: Environ) -> Reply:
    # By its tag: a date could not tell two states of one second apart.
    if has_tag(environ.get("HTTP_IF_NONE_MATCH", ""), variant.etag):
        return variant.unchanged
    return variant.without_body if environ["REQUEST_METHOD"] == "HEAD" else variant.whole


def drain(body: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of a body, which is closed at its end."""
    try:
        yield from body
    finally:
        _close(body)


def _close(body: Iterable[bytes]) -> None:
    if close := getattr(body, "close", None):
        close()


def _has_cookie(header: str, name: str) -> bool:
    try:
        return name in SimpleCookie(header)
    except CookieError:
        return True
