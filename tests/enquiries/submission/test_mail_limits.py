"""Who has a form may send it again and again: changes are judged like enquiries, and mail stays within its limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from clinic_site.enquiries.form_values import Answers
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.staff_actions.correct_and_erase import erase
from clinic_site.enquiries.staff_actions.handle import Handling, handle
from clinic_site.enquiries.submission.confirmation_links import confirmation_path
from clinic_site.enquiries.submission.spam import Suspicion
from clinic_site.enquiries.submission.submit import Sender, submit, withdraw
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import Send, new_pass
from tests.pages.writing import staff

ANA = Answers(name="Ana Sample", phone="+16045550142", email="ana@example.ca")
NOON = datetime(2026, 11, 23, 20, tzinfo=UTC)
CLINIC = "clinic@example.ca"


def mailed(*, to_clinic: bool) -> list[OutboundEmail]:
    mails = OutboundEmail.objects.order_by("pk")
    return [mail for mail in mails if (mail.to == CLINIC) == to_clinic]


@pytest.mark.usefixtures("clinic")
def test_four_hundred_changes_mail_one_other_address_and_the_clinic_once_an_hour() -> None:
    form = new_pass()
    submit(answers=ANA, form=form, sender=Sender(), at=NOON)
    for number in range(400):
        changed = replace(ANA, email=f"stranger{number}@example.org")
        at = NOON + timedelta(seconds=20 * number)
        submit(answers=changed, form=form, sender=Sender(), at=at)
    assert [mail.to for mail in mailed(to_clinic=False)] == [
        "ana@example.ca",
        "stranger0@example.org",
    ]
    due = [mail.due_at for mail in mailed(to_clinic=True)]
    assert len(due) > 1
    assert all(
        later - before >= timedelta(hours=1) for before, later in zip(due, due[1:], strict=False)
    )
    assert Enquiry.objects.get().latest_answers().email == "stranger399@example.org"


@pytest.mark.usefixtures("clinic")
def test_once_staff_have_answered_another_address_is_mailed() -> None:
    form = new_pass()
    enquiry = submit(answers=ANA, form=form, sender=Sender(), at=NOON)
    submit(answers=replace(ANA, email="one@example.ca"), form=form, sender=Sender(), at=NOON)
    enquiry.refresh_from_db()
    handle(enquiry=enquiry, version=enquiry.version, wanted=Handling("contacted"), by=staff("anna"))
    for address in ("two@example.ca", "three@example.ca"):
        submit(answers=replace(ANA, email=address), form=form, sender=Sender(), at=NOON)
    assert [mail.to for mail in mailed(to_clinic=False)][1:] == ["one@example.ca", "two@example.ca"]


def test_the_page_says_that_a_second_new_address_got_no_mail(client: Client, send: Send) -> None:
    form = new_pass().text
    for address in ("ana@example.ca", "one@example.ca", "two@example.ca"):
        answer = send(form=form, email=address)
    assert "we sent no email to it" in client.get(answer.url).text
    sent = OutboundEmail.objects.values_list("to", flat=True)
    assert {"ana@example.ca", "one@example.ca"} <= set(sent)
    assert "two@example.ca" not in sent


def test_a_change_with_the_hidden_field_filled_is_flagged_and_mails_nobody(send: Send) -> None:
    form = new_pass().text
    send(form=form)
    send(form=form, email="victim@example.org", homepage="http://spam.example")
    assert Enquiry.objects.get().spam_reasons == "hidden field"
    assert not OutboundEmail.objects.filter(to="victim@example.org").exists()


@pytest.mark.usefixtures("clinic")
def test_suspects_are_told_in_one_mail_a_day() -> None:
    robot = Sender(suspicion=Suspicion(trap="x"))
    for number in range(90):
        at = NOON + timedelta(hours=number)
        submit(answers=replace(ANA, message=str(number)), form=new_pass(), sender=robot, at=at)
    due = [mail.due_at for mail in OutboundEmail.objects.order_by("due_at")]
    assert {mail.to for mail in OutboundEmail.objects.all()} == {CLINIC}
    assert 3 <= len(due) <= 5
    assert all(
        later - before >= timedelta(days=1) for before, later in zip(due, due[1:], strict=False)
    )


def test_thirty_patients_behind_one_address_are_none_of_them_suspects(send: Send) -> None:
    for number in range(30):
        assert send(name=f"Ana {number}", email=f"ana{number}@example.ca").status_code == 303
    assert Enquiry.objects.filter(spam_reasons="").count() == 30
    assert OutboundEmail.objects.filter(to__startswith="ana").count() == 30


def test_changes_count_like_enquiries(send: Send) -> None:
    form = new_pass().text
    for number in range(42):
        send(form=form, message=f"Change {number}")
    assert Enquiry.objects.get().spam_reasons == "many from one address"


def test_a_strangers_same_answers_open_another_confirmation(client: Client, send: Send) -> None:
    mine, theirs = send(), send()
    first = Enquiry.objects.earliest("pk")
    assert mine.url == confirmation_path(first)
    assert client.post(f"{theirs.url}withdraw/").status_code == 303
    first.refresh_from_db()
    assert theirs.url != mine.url
    assert first.withdrawn_at is None


@pytest.mark.usefixtures("clinic")
def test_who_takes_back_each_enquiry_is_counted_all_the_same() -> None:
    sender = Sender(address_hash="of one address")
    for number in range(41):
        answers = replace(ANA, email=f"stranger{number}@example.org")
        at = NOON + timedelta(seconds=number)
        taken = submit(answers=answers, form=new_pass(), sender=sender, at=at)
        was_mailed = OutboundEmail.objects.filter(to=answers.email).exists()
        withdraw(enquiry=taken, at=at)
    assert not was_mailed
    reasons = Enquiry.objects.order_by("pk").values_list("spam_reasons", flat=True)
    assert [*reasons] == [""] * 40 + ["many from one address"]


def test_what_staff_erase_leaves_no_trace_of_the_sender(send: Send) -> None:
    send()
    assert Enquiry.objects.remembered_sender().exists()
    erase(enquiry=Enquiry.objects.get(), by=staff("anna"))
    assert not Enquiry.objects.remembered_sender().exists()
