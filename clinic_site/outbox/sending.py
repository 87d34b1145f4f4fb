"""The worker's job: send what is due, each message on its own, so that none holds up another."""

import logging
import time
from collections.abc import Callable

from django.core.mail import EmailMessage
from django.db import Error, connection
from django.utils import timezone

from clinic_site.outbox import claiming, retry_policy
from clinic_site.outbox.messages import message_for
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.smtp_connection import MailServer, Unreachable

BATCH = 5  # seconds; then the worker looks whether it is to stop
AT_ONCE = 100  # messages
# Seconds between tries to mark what is sent, beside what each waits for the database itself: a database that is
# started again takes some. All of it is within a message's lease.
MARKING_PAUSES = (0.0, 0.5, 2.0, 5.0, 10.0)
logger = logging.getLogger(__name__)


def send_due_mail() -> int:
    """Send what is due, fresh mail first, for the time of a batch; the number of messages tried."""
    server, tried = MailServer(), 0
    end = time.monotonic() + BATCH
    try:
        # Looked up once for many: on SQLite a long look holds up the patients who are writing.
        for mail in list(OutboundEmail.objects.due(timezone.now()).oldest_first()[:AT_ONCE]):
            if time.monotonic() >= end:
                break
            server.ready()
            if claiming.claim(mail=mail, now=timezone.now()):
                tried += 1
                send(mail=mail, server=server)
    except Unreachable as outage:
        error = retry_policy.describe(outage.cause, to="")
        given_up = claiming.record_outage(error=error, now=timezone.now())
        kind = type(outage.cause).__name__
        logger.error("The mail server cannot be reached (%s); %s given up", kind, given_up)
    finally:
        server.close()
    return tried


def send(*, mail: OutboundEmail, server: MailServer) -> None:
    """One try with a message that this worker holds, and its outcome kept."""
    try:
        message: EmailMessage = message_for(mail)
        server.send(message)
    except Exception as error:  # whatever is wrong with this message, the others are to go out
        words, is_final = retry_policy.describe(error, to=mail.to), retry_policy.is_final(error)
        is_given_up = claiming.record_failure(
            mail=mail, error=words, is_final=is_final, now=timezone.now()
        )
        if is_given_up:
            logger.error(
                "Mail %s (%s) was given up: %s", mail.pk, mail.purpose, type(error).__name__
            )
    else:
        _insist(lambda: claiming.record_sent(mail=mail, now=timezone.now()))


def _insist(mark: Callable[[], None]) -> None:
    """Mark what is sent although the database is busy or away: unmarked, it would go out a second time."""
    for pause in MARKING_PAUSES:
        try:
            return mark()
        except Error:
            connection.close()  # on this one it would fail again, whatever becomes of the database
            time.sleep(pause)
    return mark()
