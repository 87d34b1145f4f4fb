"""The alarm that leaves this machine: an address that is called while all is well, and mail by a second way.

Silence is the alarm: whoever watches the address (healthchecks.io, or a server of one's own) writes when the calls
stop, whatever the reason. The mail says what is wrong, past the queue and the server whose outage it may tell of.
"""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from clinic_site.operations.health.fault import Fault
from clinic_site.operations.health.readiness import READINESS
from clinic_site.operations.http_connection import connected

PATIENCE = 10  # seconds
STEADY_FOR = 5 * 60.0  # seconds that a fault lasts before anybody is written to
AGAIN_AFTER = 12 * 3600.0  # seconds
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """`since`: when the faults began, 0.0 for none. `names`: those that were last told, at `at`. Seconds since 1970."""

    since: float = 0.0
    names: tuple[str, ...] = ()
    at: float = 0.0


def sound_alarm() -> None:
    """The worker's job: call the address while all is well, and write to somebody when it is not."""
    faults = READINESS.now()
    if not faults and settings.HEARTBEAT_URL:
        _call(settings.HEARTBEAT_URL)
    if settings.ALARM_EMAIL and settings.ALARM_TO:
        _tell(faults)


def next_step(previous: Told, names: Sequence[str], now: float) -> tuple[Told, str]:
    """What is known from now on, and what to write: "" for nothing, "faults" or "well". Pure."""
    if not names:
        return Told(), "well" if previous.names else ""
    since = min(previous.since or now, now)
    news, again = set(names) - set(previous.names), now - previous.at >= AGAIN_AFTER
    if now - since < STEADY_FOR or not (news or again or now < previous.at):
        return replace(previous, since=since), ""
    return Told(since, tuple(names), now), "faults"


def _tell(faults: Sequence[Fault]) -> None:
    state, what = next_step(_read(), [fault.name for fault in faults], time.time())
    if what:
        _send(faults)
    _path().write_text(json.dumps(asdict(state)), encoding="utf-8")


def _send(faults: Sequence[Fault]) -> None:
    """Raises OSError and SMTPException: then it is tried again at the next run."""
    host = urlsplit(settings.SITE_URL).netloc
    subject = f"{host}: {faults[0].name if faults else 'all is well again'}"
    lines = [f"{fault.text}\n  {fault.advice}" for fault in faults] or ["All is well again."]
    body = "\n\n".join([f"The website {settings.SITE_URL} says:", *lines])
    known = settings.ALARM_EMAIL
    with get_connection(
        known["EMAIL_BACKEND"],
        host=known["EMAIL_HOST"],
        port=known["EMAIL_PORT"],
        username=known.get("EMAIL_HOST_USER", ""),
        password=known.get("EMAIL_HOST_PASSWORD", ""),
        use_tls=known.get("EMAIL_USE_TLS", False),
        use_ssl=known.get("EMAIL_USE_SSL", False),
        timeout=PATIENCE,
    ) as server:
        sender = settings.DEFAULT_FROM_EMAIL
        EmailMessage(subject, body, sender, [settings.ALARM_TO], connection=server).send()


def _call(url: str) -> None:
    """One GET; what goes wrong is logged, and whoever watches hears the silence."""
    address = urlsplit(url)
    path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
    try:
        with connected(url, patience=PATIENCE) as connection:
            connection.request("GET", path, headers={"User-Agent": "clinic-site"})
            status = connection.getresponse().status
        if status >= 400:
            logger.error("HEARTBEAT_URL answers with %s", status)
    except (OSError, HTTPException) as error:
        logger.error("HEARTBEAT_URL cannot be called: %s", type(error).__name__)


def _path() -> Path:
    return Path(settings.DATA_DIR) / "alarm.json"


def _read() -> Told:
    try:
        said = json.loads(_path().read_text(encoding="utf-8"))
        return Told(float(said["since"]), tuple(map(str, said["names"])), float(said["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Told()
