"""A memory of finished pages in front of Django, asked as a web server asks it."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.urls import clear_script_prefix

from clinic_site.pagecache import stamp
from clinic_site.pagecache.page_cache import FinishedPages

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
        try:
            return self.django(environ, start_response)
        finally:
            clear_script_prefix()  # Django keeps it for the thread until the next request over WSGI

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
