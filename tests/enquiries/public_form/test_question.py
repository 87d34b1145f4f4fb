"""Asking a question: a form of its own kind, told apart in the inbox and in each mail."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from clinic_site.enquiries.models import Enquiry
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import ANSWERS, encode, new_pass
from tests.enquiries.inbox_world import EVERYTHING, address, signed_in, staff

Ask = Callable[..., HttpResponse]
FORM_TYPE = "application/x-www-form-urlencoded"


@pytest.fixture
def ask(client: Client, published: None) -> Ask:
    """ask(message="…"): sends a question from a fresh page."""

    def post(**fields: str) -> HttpResponse:
        told = ANSWERS | {"form": new_pass().text, "message": "Does it hurt?"} | fields
        return client.post("/book/question/", encode(told), content_type=FORM_TYPE)

    return post


def test_it_is_kept_as_a_question(ask: Ask) -> None:
    assert ask(language="Farsi", for_whom="cared-for").status_code == 303
    kept = Enquiry.objects.get()
    assert (kept.kind, kept.message, kept.language) == ("question", "Does it hurt?", "Farsi")
    assert kept.for_whom == "cared-for"


def test_its_words_are_asked_for(ask: Ask) -> None:
    response = ask(message=" ")
    assert response.status_code == 422
    assert '<li><a href="#id_message">Write your question</a></li>' in response.text
    assert "<h1>Ask a question</h1>" in response.text
    assert 'action="/book/question/"' in response.text


def test_its_words_come_first(ask: Ask) -> None:
    form = ask(name="", message="").context["form"]
    assert [anchor for anchor, _ in form.problems()][:2] == ["id_message", "id_name"]


@pytest.mark.usefixtures("published")
def test_it_asks_for_nothing_that_only_a_visit_needs(client: Client) -> None:
    form = client.get("/book/question/").text.partition('<form class="ask"')[2]
    for name in ("days", "times", "payer", "is_returning", "areas"):
        assert f'name="{name}"' not in form


@pytest.mark.usefixtures("published")
def test_each_form_leads_to_the_other(client: Client) -> None:
    assert 'href="/book/question/"' in client.get("/book/").text.partition('<form class="ask"')[0]
    assert 'href="/book/"' in client.get("/book/question/").text.partition("<h1")[2]


def test_the_address_decides_and_not_what_is_sent(ask: Ask) -> None:
    ask(kind="visit")
    assert Enquiry.objects.get().kind == "question"


def test_the_confirmation_says_so(client: Client, ask: Ask) -> None:
    page = client.get(ask().headers["Location"]).text
    assert "<h1>We have your question</h1>" in page
    assert "How to prepare for a visit" not in page


def test_both_mails_say_so(ask: Ask) -> None:
    ask(email="ana@example.ca")
    kept = Enquiry.objects.get()
    assert set(OutboundEmail.objects.values_list("subject", flat=True)) == {
        f"New question {kept.reference}",
        f"Your question {kept.reference}",
    }
    staff_mail, patient_mail = OutboundEmail.objects.order_by("subject").values_list(
        "body", flat=True
    )
    assert "They did not ask for a visit" in staff_mail
    assert "We have your question" in patient_mail
    assert "Does it hurt?" not in staff_mail + patient_mail


def test_the_inbox_says_so(ask: Ask) -> None:
    ask()
    desk = signed_in(staff("zoe", *EVERYTHING))
    kept = Enquiry.objects.get()
    assert '<span class="flag">A question</span>' in desk.get(address("changelist")).text
    assert "An answer to a question" in desk.get(address("change", kept.pk)).text
