"""The page of one enquiry, and what staff change on it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.models import Clinic
from clinic_site.enquiries.models import Enquiry, EnquiryEvent, EnquiryPresence, ReplyText
from clinic_site.enquiries.submission.submit import withdraw
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.inbox_world import (
    address,
    amend,
    enquiry,
    handling,
    kinds,
    signed_in,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben() -> User:
    return staff("ben", "view_enquiry", "change_enquiry")


@pytest.fixture
def anna() -> Client:
    return signed_in(staff("anna", "view_enquiry", "change_enquiry"))


def shown(anna: Client, kept: Enquiry) -> str:
    return " ".join(anna.get(address("change", kept.pk)).content.decode().split())


def test_opening_it_is_recorded_with_who_and_when(anna: Client) -> None:
    kept = enquiry()
    anna.get(address("change", kept.pk))
    event = EnquiryEvent.objects.get(kind="viewed")
    assert event.by and event.by.username == "anna"
    assert timezone.now() - event.at < timedelta(minutes=1)


def test_it_shows_what_the_patient_wrote(anna: Client) -> None:
    page = shown(anna, enquiry(message="Since the stairs <b>", days=["monday"], payer="icbc"))
    for words in ("Since the stairs &lt;b&gt;", "Knee", "Monday", "ICBC"):
        assert words in page


def test_a_change_is_shown_as_such_with_before_and_after(anna: Client) -> None:
    kept = enquiry(message="Two weeks")
    amend(kept, message="Three weeks")
    page = shown(anna, kept)
    assert "Changed by the patient," in page
    assert "Now: </span>Three weeks</ins>" in page
    assert "Before: </span>Two weeks</del>" in page


def test_the_phone_link_dials_the_latest_number_with_its_extension(anna: Client) -> None:
    kept = enquiry()
    amend(kept, phone="+16045550177", phone_extension="12")
    assert 'href="tel:+16045550177;ext=12"' in shown(anna, kept)


def test_the_mail_link_begins_with_address_and_subject(anna: Client) -> None:
    kept = enquiry(email="a+b&c@example.ca", reference="K7WM-4TXR")
    page = shown(anna, kept)
    assert 'href="mailto:a+b%26c@example.ca?subject=Your%20enquiry%20K7WM-4TXR&amp;body=' in page


def test_reply_texts_come_with_name_and_reference(anna: Client) -> None:
    Clinic.objects.create(pk=1, name="Clinic", phone="604-555-0100", email="c@example.ca")
    ReplyText.objects.create(title="Hi", body="Dear {name}, {reference}, {clinic}, { phone }.")
    page = shown(anna, enquiry("Ana", reference="K7WM-4TXR"))
    assert "Dear Ana, K7WM-4TXR, Clinic, 604-555-0100." in page


def test_a_patients_name_in_braces_is_no_place(anna: Client) -> None:
    ReplyText.objects.create(title="Hi", body="Dear {name}")
    assert "Dear {reference}" in shown(anna, enquiry("{reference}"))


def test_without_texts_of_its_own_the_clinic_has_some_to_begin_with(anna: Client) -> None:
    assert "Could not reach you" in shown(anna, enquiry())


def test_status_assignment_and_note_are_saved_together(anna: Client, ben: User) -> None:
    kept = enquiry()
    said = handling(kept, status="contacted", assigned_to=ben.pk, note="Called.")
    response = anna.post(address("change", kept.pk), said)
    assert response.status_code == 303
    kept.refresh_from_db()
    assert (kept.status, kept.assigned_to) == ("contacted", ben)
    note = kept.notes.get()
    assert (note.text, note.written_by and note.written_by.username) == ("Called.", "anna")


def test_a_change_is_recorded_without_the_words_of_the_note(anna: Client) -> None:
    kept = enquiry()
    anna.post(address("change", kept.pk), handling(kept, status="booked", note="Sore knee"))
    event = EnquiryEvent.objects.get(kind="changed")
    assert event.by and event.by.username == "anna"
    assert event.details == {"status": ["new", "booked"], "note": "added"}


def test_saving_nothing_new_records_nothing(anna: Client) -> None:
    kept = enquiry()
    anna.post(address("change", kept.pk), handling(kept))
    assert kinds(kept) == ["received"]


@pytest.mark.parametrize("status", ["closed", "spam"])
def test_an_end_has_its_time_and_opening_again_takes_it_off(anna: Client, status: str) -> None:
    kept = enquiry()
    anna.post(address("change", kept.pk), handling(kept, status=status))
    kept.refresh_from_db()
    assert kept.closed_at
    anna.post(address("change", kept.pk), handling(kept, status="contacted"))
    kept.refresh_from_db()
    assert kept.closed_at is None


def test_an_unknown_status_is_refused_and_the_note_stays(anna: Client) -> None:
    kept = enquiry()
    response = anna.post(address("change", kept.pk), handling(kept, status="lost", note="My words"))
    assert response.status_code == 422
    assert "My words" in response.content.decode()


def test_the_second_of_two_is_told_and_loses_nothing(anna: Client, ben: User) -> None:
    kept = enquiry()
    signed_in(ben).post(address("change", kept.pk), handling(kept, status="booked"))
    response = anna.post(
        address("change", kept.pk), handling(kept, status="contacted", note="I called too.")
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ben set it from New to Booked" in page
    assert "I called too." in page
    kept.refresh_from_db()
    assert kept.status == "booked"
    assert not kept.notes.exists()


def test_the_second_saves_on_top_once_told(anna: Client, ben: User) -> None:
    kept = enquiry()
    signed_in(ben).post(address("change", kept.pk), handling(kept, status="booked"))
    told = anna.post(address("change", kept.pk), handling(kept, note="Mine"))
    version = told.context["form"].data["version"]
    said = handling(kept, version=version, status="booked", note="Mine")
    assert anna.post(address("change", kept.pk), said).status_code == 303
    assert kept.notes.get().text == "Mine"


def test_a_change_by_the_patient_meanwhile_is_told_too(anna: Client) -> None:
    kept = enquiry()
    amend(kept, message="More")
    response = anna.post(address("change", kept.pk), handling(kept, status="booked"))
    assert response.status_code == 409
    assert "The patient changed their answers" in response.content.decode()


def test_a_double_tap_adds_one_note(anna: Client) -> None:
    kept = enquiry()
    said = handling(kept, status="contacted", note="Called.")
    answers = [anna.post(address("change", kept.pk), said).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert kept.notes.count() == 1


def test_who_opened_it_is_told_to_the_next(anna: Client, ben: User) -> None:
    kept = enquiry()
    signed_in(ben).get(address("change", kept.pk))
    EnquiryPresence.objects.update(opened_at=timezone.now() - timedelta(seconds=70))
    assert "<strong>Ben</strong> opened this 1 minute ago and still has it open." in shown(
        anna, kept
    )


def test_nobody_is_told_of_themselves(anna: Client) -> None:
    kept = enquiry()
    anna.get(address("change", kept.pk))
    assert "opened this" not in shown(anna, kept)


def test_somebody_who_left_long_ago_is_not_told(anna: Client, ben: User) -> None:
    kept, past = enquiry(), timezone.now() - timedelta(hours=1)
    EnquiryPresence.objects.create(enquiry=kept, user=ben, opened_at=past, seen_at=past)
    assert "opened this" not in shown(anna, kept)


def test_the_open_page_learns_who_came_and_what_changed(anna: Client, ben: User) -> None:
    kept = enquiry()
    anna.get(address("change", kept.pk))
    other = signed_in(ben)
    other.get(address("change", kept.pk))
    other.post(address("change", kept.pk), handling(kept, status="booked"))
    told = anna.post(address("here", kept.pk, 1)).content.decode()
    assert "Ben has this open too." in told
    assert "Ben set it from New to Booked" in told


def test_an_open_page_keeps_its_reader_present(anna: Client) -> None:
    kept = enquiry()
    anna.get(address("change", kept.pk))
    EnquiryPresence.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    anna.post(address("here", kept.pk, 1))
    assert timezone.now() - EnquiryPresence.objects.get().seen_at < timedelta(minutes=1)


def test_no_spam_takes_off_the_flag_and_sends_the_confirmation(anna: Client) -> None:
    kept = enquiry(spam_reasons="haste", email="ana@example.ca")
    anna.post(address("not_spam", kept.pk))
    kept.refresh_from_db()
    assert kept.spam_reasons == ""
    assert OutboundEmail.objects.get().to == "ana@example.ca"


def test_a_withdrawn_enquiry_has_no_form_and_takes_no_change(anna: Client) -> None:
    kept = withdraw(enquiry=enquiry())
    assert 'name="status"' not in shown(anna, kept)
    anna.post(address("change", kept.pk), handling(kept, status="new", note="x"))
    kept.refresh_from_db()
    assert kept.status == "closed"


def test_the_history_tells_who_did_what(anna: Client, ben: User) -> None:
    kept = enquiry()
    signed_in(ben).post(address("change", kept.pk), handling(kept, status="booked", note="n"))
    page = " ".join(anna.get(address("history", kept.pk)).content.decode().split())
    assert "<strong>Ben</strong> set it from New to Booked, added a note" in page
    assert "<strong>The patient</strong> sent it" in page


def test_an_enquiry_that_is_not_there_is_404(anna: Client) -> None:
    assert anna.get(address("change", 4711)).status_code == 404
