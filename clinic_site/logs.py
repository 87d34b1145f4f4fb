"""Log lines for production: one line each, without query strings and without what people typed.

An exception's message may quote a value from a form or a row, so it is left out; the class and the place stay.
Messages of the operating system and of the database connection carry no such values and are kept.
"""

import logging
import re
import traceback
from pathlib import Path
from typing import Any

from django.db import OperationalError

from clinic_site import request_log

BASE_DIR = Path(__file__).resolve().parent.parent
WITH_ZONE = "%Y-%m-%dT%H:%M:%S%z"
QUERY = re.compile(r"\?\S*")
# Errors only, to stderr, one line each, nothing that a person typed
ONE_LINE_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "clinic_site.logs.OneLine"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "level": "ERROR", "formatter": "one_line"},
        "json": {"class": "logging.StreamHandler"},  # request_log has made the line
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "clinic_site.request_log": {
            "handlers": ["nowhere"],
            "level": "WARNING",
            "propagate": False,
        },
        # Made-up Host headers are answered with 400; scanners would fill the log with them.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}


def logging_with(*, json_lines: bool) -> dict[str, Any]:
    """The logging of the site; with a line of JSON for each request and job where they are wanted."""
    if not json_lines:
        return ONE_LINE_LOGGING
    lines = {"handlers": ["json"], "level": "INFO", "propagate": False}
    loggers = {**ONE_LINE_LOGGING["loggers"], "clinic_site.request_log": lines}
    return ONE_LINE_LOGGING | {"loggers": loggers}


class OneLine(logging.Formatter):
    """`ERROR django.request Internal Server Error: /book/ OperationalError: database is locked at views.py:31`"""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        when = self.formatTime(record, WITH_ZONE)
        words = [when, record.levelname, record.name, record.getMessage()]
        if number := request_log.number():
            words.append(f"request {number}")
        if record.exc_info and record.exc_info[1]:
            words.append(describe(record.exc_info[1]))
        return QUERY.sub("", " ".join(" ".join(words).split()))


def describe(error: BaseException) -> str:
    """The class of the error, its message where that is harmless, and the innermost line of this site's own code."""
    words = [type(error).__name__]
    if isinstance(error, OSError) and error.strerror:
        words[0] += f": {error.strerror}"
    elif isinstance(error, OperationalError):
        words[0] += f": {error}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        frame for frame in frames if Path(frame.filename).is_relative_to(BASE_DIR / "clinic_site")
    ]
    if frames:
        place = (own or frames)[-1]
        words.append(f"at {Path(place.filename).name}:{place.lineno} in {place.name}")
    return " ".join(words)
