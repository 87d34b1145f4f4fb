"""An enquiry whose words may be urgent: staff read it first, and the mark goes when they have seen to it."""

import pytest
from django.test import Client

from clinic_site.emergency.levels import Level
from clinic_site.enquiries.inbox.dashboard import lines
from clinic_site.enquiries.models import Enquiry
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import Send, new_pass
from tests.enquiries.inbox_world import (
    EVERYTHING,
    address,
    amend,
    enquiry,
    handling,
    signed_in,
    staff,
)

pytestmark = pytest.mark.django_db
FIRST = "Read now: "


@pytest.fixture
def anna() -> Client:
    return signed_in(staff("anna", *EVERYTHING))


def urgency(name: str = "Ana Sample") -> int:
    return Enquiry.objects.get(name=name).urgency


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("chest pain since needling", Level.AMBULANCE),
        ("I want to die", Level.CRISIS),
        ("cannot pee", Level.EMERGENCY),
        ("red streak on my arm", Level.TODAY),
        ("should I go to the ER", Level.NUMBERS),
        ("my heel hurts", 0),
        ("", 0),
    ],
)
def test_the_level_is_kept_and_nothing_of_the_words(send: Send, message: str, level: int) -> None:
    send(message=message)
    assert urgency() == level


def test_a_change_by_the_patient_is_looked_at_anew(send: Send) -> None:
    form = new_pass().text
    send(form=form, message="My heel hurts")
    send(form=form, message="My heel hurts, and I cannot pee")
    assert urgency() == Level.EMERGENCY
    send(form=form, message="It was a mistake, only my heel hurts")
    assert urgency() == 0


def test_it_stands_first_however_late_others_are(anna: Client, send: Send) -> None:
    enquiry("Too Late", received_at="2026-01-01T00:00Z", reply_by_at="2026-01-02T00:00Z")
    enquiry("Doctor Today", urgency=Level.TODAY)
    send(name="In Danger", message="I cannot breathe")
    page = anna.get(address("changelist")).text
    order = [page.index(words) for words in (FIRST, "In Danger", "Doctor Today", "Too Late")]
    assert order == sorted(order)
    assert page.count(">Read now<") == 2


def test_it_stands_first_on_the_first_of_many_pages(anna: Client) -> None:
    for _ in range(51):
        enquiry("Sooner", received_at="2026-01-01T00:00Z", reply_by_at="2026-01-02T00:00Z")
    enquiry("In Danger", urgency=Level.AMBULANCE)
    assert "In Danger" in anna.get(address("changelist")).text


def test_one_that_looks_like_spam_is_not_hidden_below(anna: Client) -> None:
    enquiry("Too Quick", urgency=Level.AMBULANCE, spam_reasons="too quick")
    page = anna.get(address("changelist")).text
    assert page.index(FIRST) < page.index("Too Quick")
    assert "Maybe spam: please look" not in page
    assert "as spam</button>" not in page


def test_the_page_of_the_enquiry_says_so(anna: Client) -> None:
    urgent, other = enquiry(urgency=Level.EMERGENCY), enquiry()
    assert "<h2>Read now</h2>" in anna.get(address("change", urgent.pk)).text
    assert "<h2>Read now</h2>" not in anna.get(address("change", other.pk)).text


def test_staff_who_answer_it_take_the_mark_off(anna: Client) -> None:
    kept = enquiry(urgency=Level.EMERGENCY, message="I cannot pee")
    anna.post(address("change", kept.pk), handling(kept, note="Called, nobody answers"))
    assert urgency() == Level.EMERGENCY, "a note alone has not seen to it"
    kept.refresh_from_db()
    anna.post(address("change", kept.pk), handling(kept, status="contacted"))
    assert urgency() == 0
    assert FIRST not in anna.get(address("changelist"), {"status": "contacted"}).text


def test_staff_who_correct_the_words_correct_the_mark(anna: Client) -> None:
    kept = enquiry(urgency=Level.EMERGENCY, message="I cannot pee")
    corrected = {
        "name": "Ana Sample",
        "phone": "604 555 0142",
        "message": "I can pee",
        "version": 1,
    }
    assert anna.post(address("correct", kept.pk), corrected).status_code == 303
    assert urgency() == 0


def test_erasing_empties_it(anna: Client) -> None:
    kept = enquiry(urgency=Level.EMERGENCY)
    anna.post(address("delete", kept.pk), {"sure": "yes"})
    kept.refresh_from_db()
    assert (kept.withdrawn_at is not None, kept.urgency) == (True, 0)


def test_taking_it_back_empties_it(client: Client, send: Send) -> None:
    sent = send(message="I cannot pee")
    client.post(f"{sent.headers['Location']}withdraw/")
    assert urgency("") == 0


def test_whoever_asks_what_is_held_is_told(anna: Client) -> None:
    kept = enquiry(urgency=Level.EMERGENCY)
    page = anna.post(address("dossier"), {"enquiry": kept.pk}).text
    assert "To be read now because of urgent words" in page


def test_the_mail_to_staff_says_urgent_without_the_words(send: Send) -> None:
    send(message="I cannot pee")
    mail = OutboundEmail.objects.get()
    assert mail.subject == f"Urgent, read now: New enquiry {Enquiry.objects.get().reference}"
    assert "Please read it now" in mail.body
    assert "pee" not in mail.body


def test_the_mail_about_an_everyday_enquiry_stays_as_it_is(send: Send) -> None:
    send(message="My heel hurts")
    mail = OutboundEmail.objects.get()
    assert mail.subject == f"New enquiry {Enquiry.objects.get().reference}"
    assert "now" not in mail.body


def test_the_overview_counts_those_to_read_now() -> None:
    enquiry(urgency=Level.TODAY)
    enquiry(urgency=Level.TODAY, spam_reasons="too quick")
    enquiry()
    counts = {line.text: line.count for line in lines(staff("boss", *EVERYTHING))}
    assert counts["Enquiries to read now"] == 2


def test_what_was_amended_is_shown_on_the_confirmation_too(client: Client, send: Send) -> None:
    form = new_pass().text
    send(form=form, message="My heel hurts")
    kept = Enquiry.objects.get()
    amend(kept, message="I cannot breathe")
    sent = send(form=form, message="I cannot breathe")
    assert "Call 9-1-1 now" in client.get(sent.headers["Location"]).text
