"""Asking the application itself for an answer, without a server between: as the site's own address would bring it."""

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from clinic_site.pagecache.page_cache import Application, drain


@dataclass(frozen=True)
class Answer:
    """Status line, headers and body, and the request, in which the site's rooms leave word."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    environ: dict[str, Any]


def ask(application: Application, path: str) -> Answer:
    """GET the path."""
    environ = _request(path)
    given: list[Any] = []
    body = b"".join(drain(application(environ, lambda *told: given.extend(told))))
    return Answer(given[0], given[1], body, environ)


def _request(path: str) -> dict[str, Any]:
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
