"""The settings: what a site in public needs that a site on somebody's desk goes without."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, run_checks

from clinic_site.operations.go_live.point import Point, advised, done, to_do

NAME = "settings"
SECOND_FACTOR = "staff."  # of these the people's points tell
WRITE = "Write it into clinic.env, then restart the site:"


def settings_points() -> Iterator[Point]:
    """What is missing, or one point that says that nothing is."""
    missing = [*_address(), *_mail(), *_words(), *_deployment()]
    yield from missing or [done(NAME, "They are those of a site in public.")]
    yield from _watching()


def _address() -> Iterator[Point]:
    site = urlsplit(settings.SITE_URL)
    if settings.ENV_FILE is None:
        yield to_do(
            NAME,
            "They stand in no file, so the service, manage.py and make may each mean another site.",
            "Write them into /etc/clinic-site/clinic.env, NAME=value, one a line (docs/operations.md, “Settings”).",
        )
    if site.scheme != "https" or site.hostname in ("localhost", "127.0.0.1", "::1"):
        yield to_do(
            NAME,
            f"The public address is {settings.SITE_URL}.",
            f"{WRITE} SITE_URL=https://www.example.ca",
        )
    if settings.DEBUG:
        yield to_do(NAME, "DEBUG is on: faults show code to anybody.", "Take DEBUG out.")
    if not settings.SITE_INDEXABLE:
        yield advised(
            NAME, "Search engines are asked to stay away.", "Take SITE_INDEXABLE=0 out one day."
        )


def _mail() -> Iterator[Point]:
    if "smtp" not in settings.EMAIL_BACKEND:
        yield to_do(
            NAME,
            "No mail leaves this machine: nobody is told of an enquiry.",
            f"{WRITE} EMAIL_URL=smtp+tls://user:password@host:587",
        )


def _words() -> Iterator[Point]:
    if Path(settings.CONTENT_DIR) == Path(settings.SHIPPED_CONTENT_DIR):
        yield to_do(
            NAME,
            "The clinic's words lie in the folder of the code.",
            f"{WRITE} CONTENT_DIR=/srv/clinic/content (docs/operations.md, “The clinic's own words”).",
        )


def _deployment() -> Iterator[Point]:
    messages: list[CheckMessage] = run_checks(include_deployment_checks=True, databases=["default"])
    for message in messages:
        if not (message.id or "").startswith(SECOND_FACTOR) and not message.is_silenced():
            yield to_do(
                NAME, " ".join(str(message.msg).split()), " ".join((message.hint or "").split())
            )


def _watching() -> Iterator[Point]:
    if not settings.HEARTBEAT_URL and not settings.ALARM_EMAIL:
        yield advised(
            "alarm",
            "Nobody outside notices when this machine stops.",
            f"{WRITE} HEARTBEAT_URL=https://hc-ping.com/… (docs/operations.md, “Is all well?”).",
        )
    else:
        yield done("alarm", "Somebody outside notices when this machine stops.")
