"""Rules that the database keeps."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic_site.outbox.models import OutboundEmail
from tests.outbox.conftest import Queue

MOMENT = timezone.now()


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("outbound_email_has_a_key", {"key": ""}),
        ("outbound_email_state_agrees_with_its_times", {"state": "sent"}),
        ("outbound_email_state_agrees_with_its_times", {"state": "failed", "sent_at": MOMENT}),
        ("outbound_email_state_agrees_with_its_times", {"sent_at": MOMENT}),
        ("outbound_email_headers_are_one_line", {"subject": "a\nb"}),
        ("outbound_email_headers_are_one_line", {"to": "a\rb"}),
        ("outbound_email_has_words_until_dropped", {"body": ""}),
        ("outbound_email_has_words_until_dropped", {"to": ""}),
        ("outbound_email_has_words_until_dropped", {"words_dropped_at": MOMENT}),
    ],
)
def test_the_database_refuses(queue: Queue, rule: str, change: dict[str, object]) -> None:
    mail = queue("a")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        OutboundEmail.objects.filter(pk=mail.pk).update(**change)


def test_the_message_name_does_not_tell_the_key(queue: Queue) -> None:
    mail = queue("enquiry-ABC-patient")
    assert "ABC" not in mail.message_name
    assert mail.message_name != queue("enquiry-ABC-staff").message_name
