"""After the form: a signed address without personal data, what happens next, and taking it back."""

import re

import pytest
from django.test import Client

from clinic_site.enquiries.models import WORDS, Enquiry, EnquiryNote
from clinic_site.enquiries.submission import submit
from clinic_site.enquiries.submission.confirmation_links import confirmation_path
from tests.enquiries.conftest import Send, new_pass
from tests.reading_text import words_of

CANARY = {
    "name": "Quillon Vexley",
    "phone": "604-555-0187",
    "email": "quillon.vexley@example.ca",
    "message": "A zebra stepped on my kneecap.",
    "areas": "knee",
}
TRACES = ("Quillon", "Vexley", "0187", "zebra", "kneecap")


@pytest.fixture
def enquiry(send: Send) -> Enquiry:
    send(**CANARY)
    return Enquiry.objects.get()


def test_a_sent_form_leads_to_the_confirmation(send: Send) -> None:
    response = send()
    assert response.status_code == 303
    assert response.headers["Location"] == confirmation_path(Enquiry.objects.get())
    assert "no-store" in response.headers["Cache-Control"]


def test_it_tells_the_reference_and_the_time_to_expect(client: Client, enquiry: Enquiry) -> None:
    text = client.get(confirmation_path(enquiry)).text
    assert enquiry.reference in text
    assert re.search(r"(Mon|Tues|Wednes|Thurs|Fri)day \d{1,2} [A-Z][a-z]+, 6 pm", text)


@pytest.mark.parametrize(
    "words",
    ["What happens next", "How to prepare", "Print this page", "Withdraw my enquiry", "call 9-1-1"],
)
def test_it_tells_the_next_steps(client: Client, enquiry: Enquiry, words: str) -> None:
    assert words in words_of(client.get(confirmation_path(enquiry)).text)


def test_nothing_that_was_written_is_in_it_or_in_its_address(
    client: Client, enquiry: Enquiry
) -> None:
    response = client.get(confirmation_path(enquiry))
    told = response.text + confirmation_path(enquiry) + str(response.headers)
    assert not [word for word in TRACES if word in told]


@pytest.mark.parametrize("last", ["", "withdraw/"])
def test_nobody_keeps_it_finds_it_or_learns_its_address(
    client: Client, enquiry: Enquiry, last: str
) -> None:
    headers = client.get(confirmation_path(enquiry) + last).headers
    assert "no-store" in headers["Cache-Control"]
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("last", ["", "withdraw/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_made_up_address_leads_nowhere(
    client: Client, enquiry: Enquiry, last: str, method: str
) -> None:
    path = f"/book/sent/{enquiry.reference}~AAAA/{last}"
    assert getattr(client, method)(path).status_code in (404, 405)
    assert Enquiry.objects.get().name


def test_changes_are_shown_as_such(client: Client, send: Send) -> None:
    form = new_pass().text
    send(form=form)
    send(form=form, message="Both knees.")
    text = client.get(confirmation_path(Enquiry.objects.get())).text
    assert "You sent this form again with changes" in text
    assert "Both knees" not in text


def test_the_same_form_again_leads_to_the_same_confirmation(send: Send) -> None:
    form = new_pass().text
    assert len({send(form=form).headers["Location"] for _ in range(3)}) == 1


def test_a_suspect_sees_the_same_confirmation(client: Client, send: Send) -> None:
    plain = client.get(send(name="Bo").headers["Location"])
    suspect = client.get(send(homepage="http://spam.example").headers["Location"])
    mask = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}(~[\w-]+)?")
    assert mask.sub("", plain.text) == mask.sub("", suspect.text)


def test_withdrawing_asks_first(client: Client, enquiry: Enquiry) -> None:
    text = client.get(confirmation_path(enquiry) + "withdraw/").text
    assert f"Withdraw enquiry {enquiry.reference}?" in text
    assert Enquiry.objects.get().name == "Quillon Vexley"


def test_withdrawing_deletes_the_words_and_keeps_the_shell(
    client: Client, enquiry: Enquiry
) -> None:
    response = client.post(confirmation_path(enquiry) + "withdraw/", follow=True)
    kept = Enquiry.objects.get()
    assert "Your enquiry is withdrawn" in response.text
    assert {name: getattr(kept, name) for name in WORDS} == WORDS
    assert (kept.reference, kept.status) == (enquiry.reference, "closed")
    assert kept.consent_version == enquiry.consent_version
    assert [e.kind for e in kept.events.all()] == ["received", "withdrawn"]


def test_withdrawing_takes_amendments_and_notes_along(client: Client, send: Send) -> None:
    form = new_pass().text
    send(form=form)
    send(form=form, message="Both knees.")
    enquiry = Enquiry.objects.get()
    EnquiryNote.objects.create(enquiry=enquiry, text="Called about the knees.")
    submit.withdraw(enquiry=enquiry)
    assert not enquiry.amendments.exists()
    assert not enquiry.notes.exists()


def test_withdrawing_twice_is_harmless(client: Client, enquiry: Enquiry) -> None:
    path = confirmation_path(enquiry) + "withdraw/"
    assert [client.post(path).status_code for _ in range(2)] == [303, 303]
    assert Enquiry.objects.get().events.count() == 2


def test_a_withdrawn_form_that_is_sent_again_comes_back_with_a_fresh_token(
    client: Client, send: Send
) -> None:
    form = new_pass().text
    send(form=form)
    submit.withdraw(enquiry=Enquiry.objects.get())
    response = send(form=form)
    assert response.status_code == 409
    assert 'value="Ana Sample"' in response.text
    assert send(form=response.context["form_pass"].text).status_code == 303
    assert Enquiry.objects.count() == 2
