"""The alarm that leaves the machine: silence towards the address, and mail by a second way."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings

from clinic_site.operations.health import alarm
from clinic_site.operations.health.alarm import (
    AGAIN_AFTER,
    STEADY_FOR,
    Told,
    next_step,
    sound_alarm,
)
from clinic_site.operations.health.fault import Fault
from clinic_site.operations.health.readiness import Readiness
from tests.faults.conftest import outer_sink
from tests.outbox.sink import Sink

__all__ = ["outer_sink"]
DISK = Fault("disk", "The disk is full.", "Make room.")
NOW = 1_800_000_000.0
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def calls(settings: Settings, tmp_path: Path) -> Iterator[list[str]]:
    """What is asked of the server that watches."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *given: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    settings.DATA_DIR = tmp_path
    settings.HEARTBEAT_URL = f"http://127.0.0.1:{server.server_port}/ping/abc?x=1"
    yield asked
    server.shutdown()
    server.server_close()


def found(monkeypatch: pytest.MonkeyPatch, *faults: Fault) -> None:
    monkeypatch.setattr(alarm, "READINESS", Readiness(lambda: list(faults)))


def test_the_address_is_called_while_all_is_well(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found(monkeypatch)
    sound_alarm()
    assert calls == ["/ping/abc?x=1"]


def test_it_is_not_called_while_something_is_wrong(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found(monkeypatch, DISK)
    sound_alarm()
    assert calls == []


def test_nobody_there_is_no_failure_of_the_job(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found(monkeypatch)
    settings.HEARTBEAT_URL = "http://127.0.0.1:9/secret-word"
    sound_alarm()
    assert "HEARTBEAT_URL cannot be called" in caplog.text
    assert "secret-word" not in caplog.text


def test_mail_goes_past_the_queue_by_the_second_server(
    outer_sink: Sink, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.ALARM_TO = tmp_path, "operator@example.ca"
    known = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": outer_sink.port}
    settings.ALARM_EMAIL = known
    clock = [NOW]
    monkeypatch.setattr(alarm.time, "time", lambda: clock[0])
    found(monkeypatch, DISK)
    sound_alarm()
    assert outer_sink.messages == []
    clock[0] += STEADY_FOR
    sound_alarm()
    [(_, message)] = outer_sink.messages
    assert "The disk is full." in message.get_payload()
    found(monkeypatch)
    sound_alarm()
    assert "all is well again" in outer_sink.messages[-1][1]["Subject"]


@pytest.mark.parametrize(
    ("told", "names", "now", "what"),
    [
        (Told(), [], NOW, ""),
        (Told(), ["disk"], NOW, ""),
        (Told(NOW - STEADY_FOR), ["disk"], NOW, "faults"),
        (Told(NOW - 9999, ("disk",), NOW - 60), ["disk"], NOW, ""),
        (Told(NOW - 9999, ("disk",), NOW - 60), ["disk", "mail"], NOW, "faults"),
        (Told(NOW - 9999, ("disk", "mail"), NOW - 60), ["mail"], NOW, ""),
        (Told(NOW - 99999, ("disk",), NOW - AGAIN_AFTER), ["disk"], NOW, "faults"),
        (Told(NOW - 9999, ("disk",), NOW - 60), [], NOW, "well"),
        (Told(NOW - 60), [], NOW, ""),
        (Told(NOW + 9999, ("disk",), NOW + 60), ["disk"], NOW, ""),
    ],
)
def test_when_somebody_is_written_to(told: Told, names: list[str], now: float, what: str) -> None:
    assert next_step(told, names, now)[1] == what
