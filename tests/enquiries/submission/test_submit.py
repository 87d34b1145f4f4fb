"""One form is one enquiry: kept with its mails, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from clinic_site.clinic import opening_cache
from clinic_site.clinic.models import Clinic
from clinic_site.clinic.reply_by import VANCOUVER
from clinic_site.enquiries.form_values import Answers
from clinic_site.enquiries.models import Enquiry, EnquiryEvent
from clinic_site.enquiries.submission.submit import Sender, submit
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import WORDING, new_pass

ANA = Answers(
    name="Ana Sample",
    phone="+16045550142",
    phone_typed="604 555 0142",
    email="ana@example.ca",
    areas=["knee"],
    message="My knee, for a week.",
)
MONDAY = datetime(2026, 11, 23, 20, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("clinic")


def test_it_is_kept_as_it_was_answered() -> None:
    submit(answers=ANA, form=new_pass(), sender=Sender(), at=MONDAY)
    assert Enquiry.objects.get().answers() == ANA


def test_the_promise_is_the_end_of_the_next_working_day() -> None:
    enquiry = submit(answers=ANA, form=new_pass(), sender=Sender(), at=MONDAY)
    assert enquiry.reply_by_at == datetime(2026, 11, 24, 18, tzinfo=VANCOUVER)


def test_consent_is_kept_with_its_words_version_and_time() -> None:
    enquiry = submit(answers=ANA, form=new_pass(), sender=Sender(), at=MONDAY)
    kept = (enquiry.consent_version, enquiry.consent_wording, enquiry.consented_at)
    assert kept == ("2026-11", WORDING, MONDAY)


def test_arrival_is_on_record() -> None:
    enquiry = submit(answers=ANA, form=new_pass(), sender=Sender())
    assert [(e.kind, e.reference, e.by) for e in enquiry.events.all()] == [
        ("received", enquiry.reference, None)
    ]


def test_the_same_form_again_is_the_same_enquiry() -> None:
    form = new_pass()
    first = submit(answers=ANA, form=form, sender=Sender())
    again = submit(answers=ANA, form=form, sender=Sender())
    assert (again, again.amendments.count()) == (first, 0)
    assert OutboundEmail.objects.count() == 2


def test_other_words_in_the_same_form_are_an_amendment() -> None:
    form = new_pass()
    other = replace(ANA, message="Both knees.")
    submit(answers=ANA, form=form, sender=Sender())
    submit(answers=other, form=form, sender=Sender())
    enquiry = Enquiry.objects.get()
    assert enquiry.amendments.count() == 1
    assert (enquiry.answers(), enquiry.latest_answers()) == (ANA, other)
    assert [e.kind for e in enquiry.events.all()] == ["received", "amended"]


def test_the_same_change_twice_is_one_change() -> None:
    form, other = new_pass(), replace(ANA, message="Both knees.")
    for answers in (ANA, other, other):
        submit(answers=answers, form=form, sender=Sender())
    assert Enquiry.objects.get().amendments.count() == 1


def test_a_change_is_told_to_both_sides() -> None:
    form = new_pass()
    submit(answers=ANA, form=form, sender=Sender())
    submit(answers=replace(ANA, email="new@example.ca"), form=form, sender=Sender())
    reference = Enquiry.objects.get().reference
    told = OutboundEmail.objects.order_by("pk").values_list("to", "subject")
    assert list(told)[2:] == [
        ("clinic@example.ca", f"Changed enquiry {reference}"),
        ("new@example.ca", f"Your enquiry {reference}"),
    ]


def test_a_change_opens_a_closed_enquiry_again() -> None:
    form = new_pass()
    submit(answers=ANA, form=form, sender=Sender())
    Enquiry.objects.update(status="closed", closed_at=MONDAY)
    submit(answers=replace(ANA, message="Still."), form=form, sender=Sender())
    enquiry = Enquiry.objects.get()
    assert (enquiry.status, enquiry.closed_at) == ("new", None)


def test_the_same_answers_from_a_strangers_form_do_not_lead_to_the_patients_confirmation() -> None:
    first = submit(answers=ANA, form=new_pass(), sender=Sender(), at=MONDAY)
    stranger = submit(
        answers=ANA, form=new_pass(), sender=Sender(), at=MONDAY + timedelta(minutes=5)
    )
    assert stranger.amendments.count() == 0
    assert stranger.reference != first.reference


def test_a_reference_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["K7WM-4TXR", "K7WM-4TXR", "K7WM-4TXX"])
    monkeypatch.setattr(
        "clinic_site.enquiries.submission.submit.new_reference", lambda: next(drawn)
    )
    submit(answers=ANA, form=new_pass(), sender=Sender())
    second = submit(answers=replace(ANA, name="Bo"), form=new_pass(), sender=Sender())
    assert second.reference == "K7WM-4TXX"


def test_without_its_mail_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(mails: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("clinic_site.enquiries.submission.notifications.queue_mails", full)
    with pytest.raises(OSError, match="full"):
        submit(answers=ANA, form=new_pass(), sender=Sender())
    assert not Enquiry.objects.exists()
    assert not EnquiryEvent.objects.exists()


def test_without_a_clinic_it_is_kept_and_told_to_the_site() -> None:
    Clinic.objects.all().delete()
    submit(answers=ANA, form=new_pass(), sender=Sender())
    assert OutboundEmail.objects.filter(to__startswith="website@").exists()


def test_a_new_enquiry_takes_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening_cache, "READ_EVERY", 60.0)
    submit(answers=ANA, form=new_pass(), sender=Sender("a" * 64))
    bo = replace(ANA, name="Bo", email="bo@example.ca")
    # What came before it; enquiry, event and both mails; begin and end, and of two savepoints; PostgreSQL's patience
    with django_assert_max_num_queries(1 + 3 + 2 + 4 + (connection.vendor == "postgresql")):
        submit(answers=bo, form=new_pass(), sender=Sender("a" * 64))
    assert OutboundEmail.objects.filter(to="bo@example.ca").exists()
