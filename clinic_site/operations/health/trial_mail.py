"""One mail, sent now and past the queue, to see whether the mail server takes it; what its refusal means."""

import smtplib
import socket
import ssl
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from clinic_site.outbox.retry_policy import describe

SUBJECT = "Test of the clinic's website"
BODY = "This mail was sent by hand to see whether mail from the website arrives. Nobody needs to answer."
ADVICE: tuple[tuple[type[Exception], str], ...] = (
    (
        smtplib.SMTPAuthenticationError,
        "The name or the password in EMAIL_URL is wrong; write @ as %40 in them.",
    ),
    (
        smtplib.SMTPRecipientsRefused,
        "The server does not take mail for this address from this sender.",
    ),
    (smtplib.SMTPSenderRefused, "The server does not let this account send as DEFAULT_FROM_EMAIL."),
    (
        smtplib.SMTPNotSupportedError,
        "The server has no STARTTLS here: try smtp+ssl:// with port 465.",
    ),
    (
        ssl.SSLCertVerificationError,
        "The server's certificate is not its own or has run out: check the host's name.",
    ),
    (
        ssl.SSLError,
        "Another kind of encryption is expected: smtp+tls with port 587, or smtp+ssl with port 465.",
    ),
    (socket.gaierror, "There is no such host: check the name of the server in EMAIL_URL."),
    (ConnectionRefusedError, "Nobody listens there: check the host and the port in EMAIL_URL."),
    (
        TimeoutError,
        "The server does not answer: a firewall may close this port; ask the host for port 587.",
    ),
)


@dataclass(frozen=True)
class Refusal(Exception):
    """The mail was not taken: what was said, and what to do."""

    said: str
    advice: str


def send_test_mail(to: str) -> str:
    """Send it; a sentence that says who took it. Raises Refusal."""
    try:
        with get_connection() as server:
            EmailMessage(SUBJECT, BODY, settings.DEFAULT_FROM_EMAIL, [to], connection=server).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Refusal(describe(error, to=to), advice(error)) from error
    if "smtp" not in settings.EMAIL_BACKEND:
        return "No mail server is set (EMAIL_URL), so it was kept on this machine."
    return f"{settings.EMAIL_HOST} took it. Look whether it arrives, and not among spam."


def advice(error: Exception) -> str:
    """What to do about an error of the mail server."""
    return next(
        (words for kind, words in ADVICE if isinstance(error, kind)),
        "Look at what the server says; its operator knows more.",
    )
