"""The site's own question to itself: it comes over plain http, whatever SITE_URL says, and leaves nothing behind."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from clinic_site.env import BASE_DIR
from clinic_site.healthcheck import ALIVE, READY, ask
from clinic_site.operations.health import views
from clinic_site.operations.health.fault import Fault
from clinic_site.operations.health.readiness import Readiness
from tests.serving import free_port, untouched

FAULT = Fault("disk", "The disk is full.", "Make room.")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def answering(settings: Settings) -> Iterator[dict[str, str]]:
    """A site on https that answers one question; its variables."""
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["clinic.example.ca"]
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        server.base_environ["wsgi.url_scheme"] = "https"  # as gunicorn makes of the header
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield {
            "SITE_URL": "https://clinic.example.ca",
            "PORT": str(server.server_port),
            "DATA_DIR": str(settings.DATA_DIR),
            "SECRET_KEY": settings.SECRET_KEY,
        }
        thread.join()


@pytest.fixture
def https(monkeypatch: pytest.MonkeyPatch) -> None:
    """wsgiref knows of no proxy; gunicorn does."""
    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest.scheme", "https")


@pytest.mark.usefixtures("https")
@pytest.mark.parametrize("faults", [(), (FAULT,)], ids=["well", "ill"])
def test_it_says_whether_all_is_well_and_why_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, faults: tuple[Fault, ...]
) -> None:
    monkeypatch.setattr(views, "READINESS", Readiness(lambda: list(faults)))
    with answering(settings) as variables:
        assert ask(variables, READY) == (
            not faults,
            ["The disk is full. Make room."] if faults else [],
        )


@pytest.mark.usefixtures("https")
def test_a_site_that_is_ill_is_alive(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "READINESS", Readiness(lambda: [FAULT]))
    with answering(settings) as variables:
        assert ask(variables, ALIVE) == (True, [])


def test_a_broken_site_is_not_alive(settings: Settings) -> None:
    settings.ROOT_URLCONF = "no.such.module"
    with answering(settings) as variables:
        assert ask(variables, ALIVE)[0] is False


def test_a_site_that_does_not_listen_is_not_healthy() -> None:
    is_well, [reason] = ask({"PORT": str(free_port())})
    assert (is_well, "does not answer" in reason) == (False, True)


def test_asking_makes_no_folder_and_no_key(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    environment = untouched() | {"DATA_DIR": str(folder), "PORT": str(free_port())}
    done = subprocess.run(
        (sys.executable, "-m", "clinic_site.healthcheck"),
        cwd=BASE_DIR,
        env=environment | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, folder.exists()) == (1, False)
    assert "does not answer" in done.stdout
