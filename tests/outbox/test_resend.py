"""Send again, and dropping words."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.utils import timezone
from pytest_django import Settings

from clinic_site.outbox.claiming import claim, record_failure
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.resend import NothingToSend, send_again
from clinic_site.outbox.retention import drop_old_words, forget_mail
from clinic_site.outbox.sending import send_due_mail
from tests.outbox.conftest import Queue

DAY = timedelta(days=1)


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody of the staff."""
    return User.objects.create_user("clerk")


def test_a_given_up_mail_is_sent_again(queue: Queue, clerk: User) -> None:
    mail = queue("a")
    claim(mail=mail, now=timezone.now())
    record_failure(mail=mail, error="No", is_final=True, now=timezone.now())
    again = send_again(mail=mail, by=clerk)
    assert (again.state, again.attempts, again.sent_again_by) == ("waiting", 0, clerk)
    send_due_mail()
    assert OutboundEmail.objects.sent().exists()
    assert len(django_mail.outbox) == 1


def test_a_sent_mail_is_sent_again_under_the_same_name(queue: Queue, clerk: User) -> None:
    mail = queue("a")
    send_due_mail()
    send_again(mail=mail, by=clerk)
    send_due_mail()
    names = [message.message()["Message-ID"] for message in django_mail.outbox]
    assert len(names) == 2
    assert len(set(names)) == 1


def test_a_mail_without_words_cannot_be_sent_again(queue: Queue, clerk: User) -> None:
    mail = queue("a")
    send_due_mail()
    forget_mail(keys=["a"])
    with pytest.raises(NothingToSend):
        send_again(mail=mail, by=clerk)


def test_words_are_dropped_when_their_days_are_over(queue: Queue, settings: Settings) -> None:
    settings.MAIL_WORDS_DAYS = 30
    for key in ("old", "new", "waiting"):
        queue(key)
    old = timezone.now() - 31 * DAY
    OutboundEmail.objects.filter(key="old").update(state="failed", failed_at=old, last_error="No")
    OutboundEmail.objects.filter(key="new").update(state="sent", sent_at=old + 2 * DAY)
    OutboundEmail.objects.filter(key="waiting").update(created_at=old)
    assert drop_old_words() == 1
    assert drop_old_words() == 0
    emptied = OutboundEmail.objects.get(key="old")
    assert (emptied.to, emptied.subject, emptied.body, emptied.last_error) == ("", "", "", "")
    assert OutboundEmail.objects.with_words().count() == 2


def test_forgotten_mail_keeps_no_words_and_what_waits_is_not_sent(queue: Queue) -> None:
    queue("sent")
    send_due_mail()
    queue("waiting")
    queue("other")
    assert forget_mail(keys=["sent", "waiting"]) == 2
    send_due_mail()
    assert len(django_mail.outbox) == 2
    assert list(OutboundEmail.objects.with_words().values_list("key", flat=True)) == ["other"]
