"""Mail to test with, and mail servers that misbehave on demand."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.queueing import queue_mail
from tests.outbox.sink import Sink

Queue = Callable[..., OutboundEmail]


@pytest.fixture
def queue(db: None) -> Queue:
    """A maker of queued mail: queue("key") or queue("key", to=…, subject=…, body=…)."""

    def make(key: str = "key", **words: str) -> OutboundEmail:
        usual = {"to": "ada@example.ca", "subject": "Your enquiry", "body": "We have it."}
        return queue_mail(key=key, purpose="test", **(usual | words))

    return make


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """A mail server on the loopback that the site sends to; it takes everything until told otherwise."""
    server = Sink()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
    yield server
    server.stop()
