"""Answering from the enquiry's page: filled in, edited, sent; the status follows and can be taken back."""

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from clinic_site.enquiries.models import Enquiry, EnquiryEvent, EnquiryReply, ReplyText, ReplyWay
from clinic_site.enquiries.staff_actions.answer import set_reply_way
from clinic_site.enquiries.staff_actions.correct_and_erase import erase
from clinic_site.enquiries.submission.submit import withdraw
from clinic_site.outbox.models import OutboundEmail
from clinic_site.staff.roles import FRONT_DESK, OWNER
from tests.enquiries.inbox_world import address, enquiry, kinds, signed_in, staff
from tests.staff.people import person

pytestmark = pytest.mark.django_db
AREA = re.compile(r'<textarea name="reply-body".*?>\n?(.*?)</textarea>', re.DOTALL)


@pytest.fixture
def anna() -> Client:
    return signed_in(staff("anna", "view_enquiry", "change_enquiry"))


@pytest.fixture
def through_the_site(db: None) -> None:
    set_reply_way(through_the_site=True)


def page_of(client: Client, kept: Enquiry, query: str = "") -> str:
    return unescape(client.get(address("change", kept.pk) + query).content.decode())


def send(client: Client, kept: Enquiry, body: str = "Come on Monday.", **changed: Any) -> Any:
    words = {"reply-version": kept.version, "reply-body": body} | changed
    return client.post(address("reply", kept.pk), words)


def test_the_answer_is_filled_in_with_the_first_text(anna: Client) -> None:
    ReplyText.objects.create(title="Times", body="Hello {name}, reference {reference}.")
    kept = enquiry("Ana Sample")
    found = AREA.search(page_of(anna, kept))
    assert found
    assert found[1] == f"Hello Ana Sample, reference {kept.reference}."


@pytest.mark.parametrize(("number", "words"), [("2", "Second."), ("9", "First."), ("x", "First.")])
def test_another_text_is_one_link_away_without_script(
    anna: Client, number: str, words: str
) -> None:
    for place, body in enumerate(("First.", "Second.")):
        ReplyText.objects.create(title=body, body=body, position=place)
    found = AREA.search(page_of(anna, enquiry(), f"?text={number}"))
    assert found
    assert found[1] == words


def test_the_link_to_the_mail_program_carries_the_words(anna: Client) -> None:
    ReplyText.objects.create(title="Times", body="Hello & welcome,\n100% yours?")
    page = page_of(anna, enquiry())
    link = re.search(r'href="(mailto:[^"]+)" data-mail=', page)
    assert link
    assert unquote(link[1]).endswith("&body=Hello & welcome,\r\n100% yours?")
    assert "%26%20welcome" in link[1]


def test_an_answer_through_the_site_goes_to_the_patient_and_is_kept(
    anna: Client, through_the_site: None
) -> None:
    kept = enquiry(email="ana@example.ca")
    assert send(anna, kept).status_code == 303
    mail = OutboundEmail.objects.get()
    assert (mail.to, mail.body) == ("ana@example.ca", "Come on Monday.")
    assert mail.subject == f"Your enquiry {kept.reference}"
    assert "Come on Monday." in page_of(anna, kept)


def test_the_status_follows_and_the_history_says_why(anna: Client, through_the_site: None) -> None:
    kept = enquiry()
    send(anna, kept)
    kept.refresh_from_db()
    assert kept.status == "contacted"
    assert "set it from New to Contacted, sent an answer" in page_of(anna, kept)


def test_the_audit_holds_no_word_of_it(anna: Client, through_the_site: None) -> None:
    kept = enquiry()
    send(anna, kept, "A zebra in the answer.")
    assert "zebra" not in str(list(EnquiryEvent.objects.values()))


def test_a_double_tap_is_one_answer(anna: Client, through_the_site: None) -> None:
    kept = enquiry()
    for _ in range(2):
        assert send(anna, kept).status_code == 303
    assert EnquiryReply.objects.count() == OutboundEmail.objects.count() == 1


def test_a_colleague_who_answered_meanwhile_is_told_and_nothing_is_lost(
    anna: Client, through_the_site: None
) -> None:
    kept = enquiry()
    send(signed_in(staff("ben", "view_enquiry", "change_enquiry")), kept, "Ben's answer.")
    answer = send(anna, kept, "Anna's answer.")
    assert answer.status_code == 409
    assert "Anna's answer." in unescape(answer.content.decode())
    assert EnquiryReply.objects.count() == 1


def test_an_empty_answer_is_not_sent(anna: Client, through_the_site: None) -> None:
    assert send(anna, enquiry(), "  ").status_code == 422
    assert not OutboundEmail.objects.exists()


def test_without_an_address_nothing_is_sent(anna: Client, through_the_site: None) -> None:
    kept = enquiry(email="")
    assert send(anna, kept).status_code == 303
    assert not EnquiryReply.objects.exists()


@pytest.mark.parametrize("way", ["call", "email"])
def test_a_call_or_a_mail_program_sets_it_to_contacted(anna: Client, way: str) -> None:
    kept = enquiry()
    answer = anna.post(address("reached", kept.pk), {"way": way})
    kept.refresh_from_db()
    assert kept.status == "contacted"
    assert b"Take it back" in answer.content
    assert f'data-version="{kept.version}"'.encode() in answer.content


def test_what_was_booked_stays_booked(anna: Client) -> None:
    kept = enquiry(status="booked")
    anna.post(address("reached", kept.pk), {"way": "call"})
    kept.refresh_from_db()
    assert (kept.status, kinds(kept)) == ("booked", ["received"])


def test_it_is_taken_back_with_its_urgency(anna: Client) -> None:
    kept = enquiry(message="I have chest pain.", urgency=1)
    anna.post(address("reached", kept.pk), {"way": "call"})
    anna.post(address("take_back", kept.pk))
    kept.refresh_from_db()
    assert kept.status == "new"
    assert kept.urgency > 0


def test_what_somebody_set_by_hand_is_not_taken_back(anna: Client) -> None:
    kept = enquiry(status="contacted")
    anna.post(address("take_back", kept.pk))
    kept.refresh_from_db()
    assert kept.status == "contacted"


@pytest.mark.parametrize("end", ["erase", "withdraw"])
def test_answers_go_with_the_words(anna: Client, through_the_site: None, end: str) -> None:
    kept = enquiry()
    send(anna, kept)
    kept.refresh_from_db()
    if end == "erase":
        erase(enquiry=kept, by=staff("owner"))
    else:
        withdraw(enquiry=kept)
    assert not EnquiryReply.objects.exists()
    assert not OutboundEmail.objects.filter(body__contains="Monday").exists()


def test_a_person_who_asks_gets_the_answers_too(anna: Client, through_the_site: None) -> None:
    kept = enquiry()
    send(anna, kept)
    owner = signed_in(staff("owner", "view_enquiry", "export_enquiry"))
    page = owner.post(address("dossier"), {"enquiry": kept.pk, "into": "page"})
    assert b"Come on Monday." in page.content


@pytest.mark.parametrize(("role", "is_set"), [(OWNER, True), (FRONT_DESK, False)])
def test_an_owner_sets_how_answers_leave(role: str, is_set: bool) -> None:
    client = signed_in(person("somebody", role))
    client.post(reverse("admin:enquiries_replytext_way"), {"through": "site"})
    assert ReplyWay.objects.filter(through_the_site=True).exists() is is_set


def test_the_page_sends_through_the_site_only_where_that_is_set(anna: Client) -> None:
    kept = enquiry()
    assert "Send in your mail program" in page_of(anna, kept)
    set_reply_way(through_the_site=True)
    assert "Send in your mail program" not in page_of(anna, kept)
