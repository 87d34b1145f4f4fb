"""What reaches the log: one line per error, with the place and without what a person typed."""

import logging
import sys
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, OperationalError

from clinic_site.logs import OneLine

CANARY = "Wilhelmina Quill 604-555-0199"


def line(message: str, error: Exception | None = None) -> str:
    """The line for a record with that message, logged while that error was handled."""
    info = None
    if error:
        try:
            raise error
        except Exception:
            info = sys.exc_info()
    return OneLine().format(
        logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, (), info)
    )


@pytest.mark.parametrize(
    "error", [ValueError(CANARY), IntegrityError(f"Key (name)=({CANARY}) exists")]
)
def test_the_message_of_an_error_is_left_out(error: Exception) -> None:
    words = line("Internal Server Error: /book/", error)
    assert "Wilhelmina" not in words
    assert "604" not in words
    assert f"{type(error).__name__} at test_one_line.py:" in words


@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), OSError(28, "No space left on device")]
)
def test_what_the_machine_says_is_kept(error: Exception) -> None:
    words = line("Internal Server Error: /book/", error)
    assert "database is locked" in words or "No space left on device" in words


def test_the_name_of_a_file_that_fails_is_left_out() -> None:
    assert "Quill" not in line(
        "Internal Server Error: /media/", OSError(2, "No such file", "/media/Quill.jpg")
    )


def test_query_strings_are_left_out() -> None:
    assert line("Error handling request /book/?name=Quill&area=knee now").endswith("/book/ now")


def test_it_is_one_line() -> None:
    assert "\n" not in line("first\nsecond\r\nthird", ValueError("a\nb"))


def test_its_time_is_the_one_that_clocks_in_bc_show() -> None:
    at = datetime(2999, 1, 15, 17, tzinfo=UTC)  # no winter time since 2026
    record = logging.LogRecord("root", logging.ERROR, __file__, 1, "late", (), None)
    record.created = at.timestamp()
    assert OneLine().format(record).startswith("2999-01-15T10:00:00-0700 ")
