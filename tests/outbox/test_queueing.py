"""Queueing: with the caller's rows or not at all, once for each key, and never a forged header."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.outbox.messages import message_for
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.queueing import Mail, check, queue_mails
from tests.outbox.conftest import Queue

ENDS_A_LINE = ["\n", "\r", "\r\n", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]


def test_mail_is_gone_with_the_callers_transaction(queue: Queue) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue("a")
        raise RuntimeError
    assert not OutboundEmail.objects.exists()


def test_the_same_key_is_the_same_mail(queue: Queue) -> None:
    first = queue("a", subject="First")
    assert queue("a", subject="Second") == first
    assert OutboundEmail.objects.get().subject == "First"


def test_of_several_the_known_one_stays_and_the_others_are_queued(queue: Queue) -> None:
    known = queue("a", subject="First")
    mails = [Mail("ada@example.ca", "Second", "Words", "test", key) for key in ("b", "a", "c")]
    assert [mail.key for mail in queue_mails(mails)] == ["b", "a", "c"]
    assert OutboundEmail.objects.count() == 3
    assert OutboundEmail.objects.get(key="a").subject == known.subject


def test_of_several_one_that_is_refused_keeps_all_back(db: None) -> None:
    mails = [Mail(to, "Words", "Words", "test", to) for to in ("ada@example.ca", "nobody")]
    with pytest.raises(ValueError, match="bare address"):
        queue_mails(mails)
    assert not OutboundEmail.objects.exists()


@pytest.mark.parametrize("end", ENDS_A_LINE, ids=ascii)
@pytest.mark.parametrize("where", ["to", "subject"])
def test_what_ends_a_header_line_is_refused(queue: Queue, where: str, end: str) -> None:
    usual = {"to": "ada@example.ca", "subject": "Words"}
    with pytest.raises(ValueError, match="one line"):
        queue("a", **{where: f"{usual[where]}{end}Bcc: eve@example.ca"})
    assert not OutboundEmail.objects.exists()


@pytest.mark.parametrize(
    "to",
    ["", "ada", "a@example.ca,b@example.ca", "a@example.ca b@example.ca", "Ada <ada@example.ca>"],
)
def test_anything_but_one_bare_address_is_refused(queue: Queue, to: str) -> None:
    with pytest.raises(ValueError, match="one bare address"):
        queue("a", to=to)


@pytest.mark.parametrize(
    "words", [{"subject": " "}, {"subject": "x" * 201}, {"body": ""}, {"body": "a\x00b"}]
)
def test_empty_and_unkeepable_words_are_refused(queue: Queue, words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="of a mail"):
        queue("a", **words)


@pytest.mark.parametrize("key", ["", "  ", "x" * 201])
def test_a_mail_needs_a_key(queue: Queue, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        queue(key)


@pytest.mark.parametrize("field", ["to", "subject"])
def test_the_database_refuses_a_second_header_line_too(queue: Queue, field: str) -> None:
    mail = queue("a")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboundEmail.objects.filter(pk=mail.pk).update(**{field: "x\r\nBcc: eve@example.ca"})


@given(st.text(), st.text())
def test_whatever_is_let_through_makes_one_recipient_and_no_header(to: str, subject: str) -> None:
    try:
        check(to=to, subject=subject, body="Words")
    except ValueError:
        return
    mail = OutboundEmail(key="k", to=to, subject=subject, body="Words")
    message = message_for(mail)
    assert message.recipients() == [to]
    names = [line.partition(b":")[0] for line in message.message().as_bytes().splitlines()]
    assert b"Bcc" not in names
    assert b"Cc" not in names


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_a_subject_never_makes_a_header_of_its_own(words: str) -> None:
    subject = f"Words {words}"[:200]
    try:
        check(to="ada@example.ca", subject=subject, body="Words")
    except ValueError:
        return
    mail = OutboundEmail(key="k", to="ada@example.ca", subject=subject, body="Words")
    head = message_for(mail).message().as_bytes().partition(b"\n\n")[0]
    names = [line.split(b":")[0] for line in head.split(b"\n") if line[:1] not in (b" ", b"\t")]
    assert sorted(names) == sorted(
        [
            b"Content-Type",
            b"MIME-Version",
            b"Content-Transfer-Encoding",
            b"Subject",
            b"From",
            b"To",
            b"Message-ID",
            b"Date",
            b"Auto-Submitted",
        ]
    )
