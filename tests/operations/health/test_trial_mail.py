"""`manage.py send_test_mail`: taken, or refused with what to do."""

import smtplib
import ssl

import pytest
from django.core import mail
from django.core.management import call_command
from pytest_django import Settings

from clinic_site.operations.health.trial_mail import advice
from tests.faults.conftest import outer_sink
from tests.outbox.sink import Sink
from tests.serving import free_port

__all__ = ["outer_sink"]
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_it_is_sent_now(
    outer_sink: Sink, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    settings.EMAIL_PORT = outer_sink.port
    call_command("send_test_mail", "me@example.ca")
    assert "127.0.0.1 took it" in capsys.readouterr().out


def test_without_a_mail_server_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_test_mail", "me@example.ca")  # pytest-django keeps it
    assert "No mail server is set" in capsys.readouterr().out
    assert len(mail.outbox) == 1


def test_nobody_there_is_said_with_what_to_do(settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    with pytest.raises(SystemExit, match="check the host and the port in EMAIL_URL"):
        call_command("send_test_mail", "me@example.ca")


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(SystemExit, match="is no e-mail address"):
        call_command("send_test_mail", "me")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "password"),
        (ssl.SSLCertVerificationError("x"), "certificate"),
        (ssl.SSLError("WRONG_VERSION_NUMBER"), "port 465"),
        (TimeoutError(), "firewall"),
        (smtplib.SMTPDataError(554, b"no"), "what the server says"),
    ],
)
def test_advice_fits_the_refusal(error: Exception, words: str) -> None:
    assert words in advice(error)
