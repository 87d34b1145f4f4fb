"""When to try again, when to give up, what to say of an error."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest

from clinic_site.outbox.retry_policy import PAUSES, describe, is_final, next_try

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def refused(*replies: tuple[int, bytes]) -> smtplib.SMTPRecipientsRefused:
    """A refusal of one recipient per reply."""
    return smtplib.SMTPRecipientsRefused(
        {f"{number}@example.ca": reply for number, reply in enumerate(replies)}
    )


def test_the_tries_are_spread_over_two_days() -> None:
    assert sum(PAUSES, timedelta()) == timedelta(days=2)


def test_pauses_grow() -> None:
    times = [next_try(attempts=number, now=NOW) for number in range(1, len(PAUSES) + 1)]
    assert times == sorted(times, key=lambda time: time or NOW)
    assert times[0] == NOW + timedelta(minutes=1)


def test_after_the_last_pause_there_is_no_next_try() -> None:
    assert next_try(attempts=len(PAUSES) + 1, now=NOW) is None


@pytest.mark.parametrize("reply", [(550, b"5.1.1 No such user"), (551, b"Not local"), (553, b"")])
def test_an_address_that_does_not_exist_is_final(reply: tuple[int, bytes]) -> None:
    assert is_final(refused(reply))


@pytest.mark.parametrize(
    "error",
    [
        refused((550, b"5.7.1 Relaying denied")),
        refused((450, b"4.2.0 Greylisted")),
        refused((552, b"5.2.2 Mailbox full")),
        smtplib.SMTPDataError(554, b"5.6.0 Refused"),
        smtplib.SMTPSenderRefused(550, b"No", "website@example.ca"),
        smtplib.SMTPAuthenticationError(535, b"No"),
        smtplib.SMTPServerDisconnected("Gone"),
        TimeoutError("timed out"),
        ConnectionRefusedError(111, "Connection refused"),
    ],
    ids=repr,
)
def test_what_may_be_mended_is_not_final(error: Exception) -> None:
    assert not is_final(error)


def test_an_error_is_described_without_the_address() -> None:
    words = describe(
        smtplib.SMTPRecipientsRefused({"Ada@Example.ca": (550, b"<ada@example.ca> unknown\r\n")}),
        to="Ada@Example.ca",
    )
    assert words == "SMTPRecipientsRefused: 550 <(the address)> unknown  "


def test_an_error_about_the_words_does_not_repeat_them() -> None:
    assert describe(ValueError("bad subject: Ada Lovelace"), to="") == "ValueError"


@pytest.mark.parametrize("reply", [b"\xff\xfe", b"x" * 5000, b"\r\n\x00\x1b[31m"])
def test_any_reply_is_described_in_one_printable_line(reply: bytes) -> None:
    words = describe(smtplib.SMTPDataError(554, reply), to="ada@example.ca")
    assert words.isprintable()
    assert len(words) <= 300
