"""The connection to the mail server (SMTP), kept for several messages and opened anew after trouble."""

import contextlib
import smtplib
from typing import Any

from django.core.mail import EmailMessage, get_connection


class Unreachable(Exception):
    """No connection to the mail server, and why."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class MailServer:
    """A connection that is opened when it is needed and opened anew after trouble."""

    def __init__(self) -> None:
        self.backend: Any = None

    def ready(self) -> None:
        """Have a connection that answers; raises Unreachable."""
        if self.backend is not None and self._answers():
            return
        self.cut()
        backend = get_connection()
        try:
            backend.open()
        except (OSError, smtplib.SMTPException) as error:
            _close_socket(backend)
            raise Unreachable(error) from error
        self.backend = backend

    def send(self, message: EmailMessage) -> None:
        """Hand the message over; returns once the server has taken it. An error ends the connection."""
        try:
            self.backend.send_messages([message])
        except Exception:
            self.cut()
            raise

    def cut(self) -> None:
        """Drop the connection without a word: the server may not be listening."""
        if self.backend is not None:
            _close_socket(self.backend)
        self.backend = None

    def close(self) -> None:
        """Say goodbye and close."""
        if self.backend is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.backend.close()
        self.cut()

    def _answers(self) -> bool:
        smtp = getattr(self.backend, "connection", None)
        if not isinstance(smtp, smtplib.SMTP):
            return True
        try:
            return smtp.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False


def _close_socket(backend: Any) -> None:
    for name in ("connection", "_partial_connection"):
        smtp = getattr(backend, name, None)
        if isinstance(smtp, smtplib.SMTP):
            smtp.close()
            setattr(backend, name, None)
