"""The container's own question to the site: it comes over plain http, whatever SITE_URL says."""

import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from clinic_site import env
from clinic_site.healthcheck import is_healthy
from tests.serving import free_port


def asked_at(port: int, settings: Settings) -> bool:
    """What the check says of port of this machine, for a site on https."""
    told = {"SITE_URL": "https://clinic.example.ca", "BIND": "127.0.0.1", "PORT": str(port)}
    return is_healthy(env.read(told | {"DATA_DIR": str(settings.DATA_DIR)}))


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.mark.parametrize("sends_on", [True, False], ids=["to https", "broken"])
def test_a_site_that_sends_http_on_to_https_is_healthy_and_a_broken_one_is_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, sends_on: bool
) -> None:
    settings.SECURE_SSL_REDIRECT = sends_on
    settings.ALLOWED_HOSTS = ["clinic.example.ca"]
    settings.ROOT_URLCONF = settings.ROOT_URLCONF if sends_on else "no.such.module"
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        answering = threading.Thread(target=server.handle_request)
        answering.start()
        assert asked_at(server.server_port, settings) is sends_on
        answering.join()


def test_a_site_that_does_not_listen_is_not_healthy(settings: Settings) -> None:
    assert not asked_at(free_port(), settings)
