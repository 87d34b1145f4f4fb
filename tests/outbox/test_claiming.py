"""Claims: one worker of several, for a time; what a worker does after its time does no harm."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clinic_site.outbox.claiming import LEASE, claim, record_failure, record_outage, record_sent
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.retry_policy import PAUSES
from tests.outbox.conftest import Queue

PASSED = timedelta(seconds=-1)  # a lease that is over already


def fail(mail: OutboundEmail, **words: bool) -> bool:
    """A try that failed."""
    return record_failure(
        mail=mail, error="No", is_final=words.get("is_final", False), now=timezone.now()
    )


def test_only_one_of_two_workers_gets_a_message(queue: Queue) -> None:
    queue("a")
    mine, theirs = OutboundEmail.objects.get(), OutboundEmail.objects.get()
    now = timezone.now()
    assert claim(mail=mine, now=now)
    assert not claim(mail=theirs, now=now)


def test_a_held_message_is_not_due(queue: Queue) -> None:
    mail = queue("a")
    claim(mail=mail, now=timezone.now())
    assert not OutboundEmail.objects.due(timezone.now()).exists()


def test_a_message_of_a_killed_worker_is_free_after_its_lease(queue: Queue) -> None:
    mail = queue("a")
    now = timezone.now()
    claim(mail=mail, now=now)
    assert not OutboundEmail.objects.due(now + LEASE).exists()
    later = now + LEASE + timedelta(seconds=1)
    again = OutboundEmail.objects.due(later).get()
    assert claim(mail=again, now=later)
    assert again.attempts == 2


def test_a_late_failure_does_not_end_the_hold_of_the_next_worker(queue: Queue) -> None:
    slow = queue("a")
    now = timezone.now()
    assert claim(mail=slow, now=now, lease=PASSED)
    assert claim(mail=OutboundEmail.objects.get(), now=now)
    fail(slow, is_final=True)
    held = OutboundEmail.objects.get()
    assert (held.state, held.attempts) == ("waiting", 2)
    assert held.claimed_until == now + LEASE


def test_a_late_success_counts(queue: Queue) -> None:
    slow = queue("a")
    now = timezone.now()
    assert claim(mail=slow, now=now, lease=PASSED)
    assert claim(mail=OutboundEmail.objects.get(), now=now)
    record_sent(mail=slow, now=now)
    assert OutboundEmail.objects.sent().exists()


def test_a_failure_after_a_success_changes_nothing(queue: Queue) -> None:
    mail = queue("a")
    claim(mail=mail, now=timezone.now())
    record_sent(mail=mail, now=timezone.now())
    fail(mail)
    assert OutboundEmail.objects.sent().exists()


def test_a_message_that_kills_its_worker_each_time_is_not_first_for_ever(queue: Queue) -> None:
    poison = queue("poison")
    now = timezone.now()
    assert claim(mail=poison, now=now, lease=PASSED)
    queue("good")
    order = OutboundEmail.objects.due(timezone.now()).oldest_first()
    assert [mail.key for mail in order] == ["good", "poison"]


def test_an_outage_leaves_held_and_future_mail_alone(queue: Queue) -> None:
    now = timezone.now()
    held = queue("held")
    claim(mail=held, now=now)
    future = queue("future")
    OutboundEmail.objects.filter(pk=future.pk).update(due_at=now + timedelta(hours=1))
    queue("due")
    record_outage(error="No", now=timezone.now())
    tries = dict(OutboundEmail.objects.values_list("key", "attempts"))
    assert tries == {"held": 1, "future": 0, "due": 1}


def test_an_outage_is_one_try_for_mail_at_every_stage(queue: Queue) -> None:
    for number in range(len(PAUSES) + 2):
        mail = queue(str(number))
        OutboundEmail.objects.filter(pk=mail.pk).update(attempts=number)
    assert record_outage(error="No", now=timezone.now()) == 2
    tries = dict(OutboundEmail.objects.values_list("key", "attempts"))
    assert tries == {str(number): number + 1 for number in range(len(PAUSES) + 2)}
    given_up = set(OutboundEmail.objects.given_up().values_list("key", flat=True))
    assert given_up == {str(len(PAUSES)), str(len(PAUSES) + 1)}


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_at_once_one_gets_each_message(
    transactional_db: None, queue: Queue
) -> None:
    for number in range(10):
        queue(str(number))
    got: list[str] = []
    ready = threading.Barrier(8)

    def work() -> None:
        mails = list(OutboundEmail.objects.order_by("pk"))
        ready.wait()
        got.extend(mail.key for mail in mails if claim(mail=mail, now=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [str(number) for number in range(10)]
