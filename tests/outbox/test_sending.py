"""Sending: what each failure of a mail server comes to, with a real server on the loopback."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from pytest_django import Settings

from clinic_site.outbox import claiming, sending
from clinic_site.outbox.messages import message_id
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.sending import send_due_mail
from tests.outbox.conftest import Queue
from tests.outbox.sink import Sink


def make_due() -> None:
    """Let the time of every waiting message come."""
    past = timezone.now() - timedelta(seconds=1)
    OutboundEmail.objects.waiting().update(due_at=past, claimed_until=None)


def states() -> dict[str, tuple[str, int]]:
    """State and number of tries, by key."""
    rows = OutboundEmail.objects.values_list("key", "state", "attempts")
    return {key: (state, attempts) for key, state, attempts in rows}


def test_mail_arrives_as_it_was_queued(queue: Queue, sink: Sink) -> None:
    mail = queue("a", subject="Votre demande à nous", body="Ça va.\n.\nFrom here on: fin.")
    assert send_due_mail() == 1
    [(address, message)] = sink.messages
    assert address == message["To"] == "ada@example.ca"
    assert message["Message-ID"] == message_id(mail)
    assert "=?utf-8?" in message["Subject"]
    body = message.get_payload(decode=True).decode().replace("\r\n", "\n")
    assert body.rstrip("\n") == "Ça va.\n.\nFrom here on: fin."
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.claimed_until) == ("sent", 1, None)
    assert mail.sent_at is not None


def test_what_was_sent_is_not_sent_again(queue: Queue, sink: Sink) -> None:
    queue("a")
    send_due_mail()
    assert send_due_mail() == 0
    assert len(sink.messages) == 1


def test_a_batch_uses_one_connection(queue: Queue, sink: Sink) -> None:
    for number in range(20):
        queue(str(number))
    assert send_due_mail() == 20
    assert (len(sink.messages), sink.connections) == (20, 1)


@pytest.mark.parametrize(
    "rule",
    [
        "refuse recipient 450 4.2.0 Greylisted",
        "refuse recipient 550 5.7.1 Relaying denied",
        "refuse message 451 Try later",
        "refuse message 554 No",
        "hang",
        "drop after data",
    ],
)
def test_trouble_with_one_message_is_tried_again_and_holds_up_no_other(
    queue: Queue, sink: Sink, rule: str
) -> None:
    sink.rules["bad@example.ca"] = rule
    queue("bad", to="bad@example.ca")
    queue("good")
    send_due_mail()
    assert states() == {"bad": ("waiting", 1), "good": ("sent", 1)}
    bad = OutboundEmail.objects.get(key="bad")
    assert bad.due_at > timezone.now() + timedelta(seconds=50)
    assert bad.claimed_until is None
    assert bad.last_error
    sink.rules.clear()
    sink.release.set()
    make_due()
    send_due_mail()
    assert states()["bad"] == ("sent", 2)


def test_a_message_taken_without_an_answer_comes_twice_under_one_name(
    queue: Queue, sink: Sink
) -> None:
    sink.rules["ada@example.ca"] = "drop after data"
    queue("a")
    send_due_mail()
    sink.rules.clear()
    make_due()
    send_due_mail()
    assert len(sink.messages) == 2
    assert len(set(sink.message_ids("ada@example.ca"))) == 1


def test_an_address_that_does_not_exist_is_given_up_at_once(queue: Queue, sink: Sink) -> None:
    sink.rules["bad@example.ca"] = "refuse recipient 550 5.1.1 <bad@example.ca> unknown"
    queue("bad", to="bad@example.ca")
    queue("good")
    send_due_mail()
    assert states() == {"bad": ("failed", 1), "good": ("sent", 1)}
    assert "bad@" not in OutboundEmail.objects.given_up().get().last_error


def test_a_message_is_given_up_after_nineteen_tries(queue: Queue, sink: Sink) -> None:
    sink.rules["ada@example.ca"] = "refuse message 451 Try later"
    queue("a")
    for _ in range(24):
        make_due()
        send_due_mail()
    assert states() == {"a": ("failed", 19)}
    assert sink.messages == []


def test_poisoned_words_are_given_up_and_hold_up_no_other(queue: Queue, sink: Sink) -> None:
    poison = queue("poison")
    OutboundEmail.objects.filter(pk=poison.pk).update(subject="Words \u2028 Bcc: eve@example.ca")
    queue("good")
    send_due_mail()
    assert states() == {"poison": ("failed", 1), "good": ("sent", 1)}
    assert [message["Subject"] for _, message in sink.messages] == ["Your enquiry"]


def test_a_server_that_refuses_connections_costs_every_due_mail_one_try(
    queue: Queue, sink: Sink
) -> None:
    sink.stop()
    for key in "abc":
        queue(key)
    assert send_due_mail() == 0
    assert states() == dict.fromkeys("abc", ("waiting", 1))
    sink.start()
    make_due()
    send_due_mail()
    assert states() == dict.fromkeys("abc", ("sent", 2))


def test_mail_is_given_up_when_the_server_stays_away(queue: Queue, sink: Sink) -> None:
    sink.stop()
    queue("a")
    for _ in range(24):
        make_due()
        send_due_mail()
    assert states() == {"a": ("failed", 19)}


def test_mail_that_is_not_due_waits(queue: Queue, sink: Sink) -> None:
    later = queue("later")
    OutboundEmail.objects.filter(pk=later.pk).update(due_at=timezone.now() + timedelta(seconds=60))
    assert send_due_mail() == 0
    assert sink.messages == []


def test_a_connection_that_the_server_closed_is_opened_anew(queue: Queue, sink: Sink) -> None:
    sink.rules["first@example.ca"] = "close after"
    queue("1", to="first@example.ca")
    queue("2")
    send_due_mail()
    assert states() == {"1": ("sent", 1), "2": ("sent", 1)}
    assert sink.connections == 2


def test_fresh_mail_goes_before_mail_that_has_failed(queue: Queue, sink: Sink) -> None:
    old = queue("old", to="old@example.ca")
    OutboundEmail.objects.filter(pk=old.pk).update(attempts=3)
    queue("fresh", to="fresh@example.ca")
    send_due_mail()
    assert [address for address, _ in sink.messages] == ["fresh@example.ca", "old@example.ca"]


def test_a_busy_database_after_sending_is_waited_for(
    queue: Queue, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue("a")
    mark, refusals = claiming.record_sent, iter([OperationalError("database is locked")] * 3)

    def busy(**words: object) -> None:
        for refusal in refusals:
            raise refusal
        mark(**words)

    monkeypatch.setattr(sending.claiming, "record_sent", busy)
    send_due_mail()
    assert states() == {"a": ("sent", 1)}
    assert len(sink.messages) == 1


def test_the_log_of_a_failure_has_no_personal_data(
    queue: Queue, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    sink.rules["ada@example.ca"] = "refuse recipient 550 5.1.1 <ada@example.ca> Ada is unknown"
    queue("a")
    send_due_mail()
    assert "given up" in caplog.text
    assert "ada" not in caplog.text.lower().replace(__file__, "")


def test_without_a_mail_server_in_the_settings_files_are_written(
    queue: Queue, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "clinic_site.outbox.mail_files.EmailBackend"
    queue("a")
    send_due_mail()
    assert states() == {"a": ("sent", 1)}
