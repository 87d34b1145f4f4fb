"""A search engine's server, and a clock, for the tests of what search engines are told; and a small edition."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from clinic_site.clinic.file_mapping import take_in
from clinic_site.operations import indexnow
from clinic_site.operations.indexnow import tell_search_engines
from clinic_site.operations.static_export import EditionWriter
from clinic_site.pages.actions.publish import create_page, publish
from clinic_site.pages.models import Page

KEY = "0123456789abcdef"
CLINIC = {"name": "Example Clinic", "phone": "604-555-4100", "email": "desk@example.com"}
SITE = "http://localhost:8000"


class Engine:
    """A search engine's server: what it was told, and how it answers."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.status = 200
        self.url = ""

    @property
    def addresses(self) -> list[str]:
        return [address for call in self.calls for address in call["urlList"]]


@pytest.fixture
def engine(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    told = Engine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            told.calls.append(json.loads(self.rfile.read(length)))
            self.send_response(told.status)
            self.end_headers()

        def log_message(self, *given: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.DATA_DIR = tmp_path
    settings.INDEXNOW_KEY = KEY
    monkeypatch.setattr(indexnow, "ENDPOINT", f"http://127.0.0.1:{server.server_port}/indexnow")
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


class Clock:
    """The time as the code under test sees it."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def __call__(self) -> Any:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", made)
    return made


@pytest.fixture
def news(engine: Engine, clock: Clock) -> Page:
    """A page that went live before anybody was told anything; counting has begun."""
    page = create_page(path="news", layout="article", by=None)
    publish(page=page, words={"title": "News", "body": "First."}, by=None)
    clock.pass_by(minutes=5)
    assert tell_search_engines() == 0
    clock.pass_by(minutes=1)
    return page


@pytest.fixture
def writer(db: None, settings: Settings, tmp_path: Path) -> EditionWriter:
    """Two pages that show the phone number, as a first edition."""
    settings.DATA_DIR = settings.PUBLIC_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.SITE_INDEXABLE = False  # one header for search engines, whatever the clinic says
    take_in(details=CLINIC)
    for path, layout, details in (
        ("home", "home", {"headline": "Hello"}),
        ("safety", "article", {}),
    ):
        page = create_page(path=path, layout=layout, by=None)
        words = {"title": path, "body": f"Words of {path}.", "details": details}
        publish(page=page, words=words, by=None)
    made = EditionWriter()
    made.keep_in_step()
    return made
