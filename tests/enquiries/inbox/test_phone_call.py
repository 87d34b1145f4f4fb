"""An enquiry by phone: taken down by staff with the patient's own form and verb, marked as such, and on record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from clinic_site.enquiries.models import Enquiry, EnquiryEvent
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import new_pass
from tests.enquiries.inbox_world import EVERYTHING, address, signed_in, staff
from tests.enquiries.public_form.test_database_trouble import refusing

pytestmark = pytest.mark.usefixtures("published")
HEALTH_NUMBER = "9698 658 215"
Take = Callable[..., HttpResponse]


@pytest.fixture
def zoe(db: None) -> User:
    return staff("zoe", *EVERYTHING)


@pytest.fixture
def desk(zoe: User) -> Client:
    return signed_in(zoe)


@pytest.fixture
def take(desk: Client) -> Take:
    """take(name=…): saves the form as it was just opened, with these answers."""

    def save(**told: Any) -> HttpResponse:
        if "form" not in told:
            told["form"] = desk.get(address("add")).context["form_pass"].text
        answers = {"name": "Cal Caller", "phone": "604 555 0142", "consent": "on"}
        return desk.post(address("add"), answers | told, follow=True)

    return save


def test_it_is_kept_and_marked(take: Take) -> None:
    take(areas=["knee"], days=["monday"], message="Since the ski trip.")
    kept = Enquiry.objects.get()
    assert kept.is_by_phone
    assert (kept.name, kept.phone, kept.areas) == ("Cal Caller", "+16045550142", ["knee"])


def test_who_took_it_is_on_record(take: Take, zoe: User) -> None:
    take()
    event = EnquiryEvent.objects.get(kind="received")
    assert event.by == zoe


def test_what_to_tell_the_patient_is_on_the_next_page(take: Take) -> None:
    page = take().text
    kept = Enquiry.objects.get()
    assert f"Tell them: reference {kept.reference}, an answer by " in page
    assert "<strong>Zoe</strong> took it down by phone" in page
    assert "What they told us" in page


def test_who_took_it_is_still_told_from_the_patient_once_they_left(
    take: Take, zoe: User, desk: Client
) -> None:
    take()
    reader = signed_in(staff("yan", *EVERYTHING))
    zoe.delete()
    page = reader.get(address("change", Enquiry.objects.get().pk)).text
    assert "<strong>Somebody who left</strong> took it down by phone" in page


def test_it_stands_in_the_inbox_as_taken_by_phone(take: Take, desk: Client) -> None:
    take()
    assert "by phone" in desk.get(address("changelist")).text


def test_it_keeps_the_wording_that_was_read_out(take: Take, desk: Client) -> None:
    wording = desk.get(address("add")).context["form_pass"].consent_wording
    take()
    kept = Enquiry.objects.get()
    assert kept.consent_wording == wording
    assert wording.startswith("I agree that the clinic")


@pytest.mark.parametrize(
    ("told", "sides"),
    [
        ({}, ["staff"]),
        ({"email": "cal@example.ca"}, ["staff"]),
        ({"email": "cal@example.ca", "wants_mail": "on"}, ["patient", "staff"]),
    ],
    ids=["no address", "not wished", "wished"],
)
def test_the_patient_has_mail_only_if_they_wish(
    take: Take, told: dict[str, str], sides: list[str]
) -> None:
    take(**told)
    keys = OutboundEmail.objects.values_list("key", flat=True)
    assert sorted(key.split("-")[-2] for key in keys) == sides


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": ""}, "Enter your name"),
        ({"phone": ""}, "Enter a phone number or an email address"),
        ({"wants_mail": "on"}, "Enter their email address, or send no confirmation"),
        ({"consent": ""}, "Read it to them"),
        ({"message": f"Card {HEALTH_NUMBER}"}, "This looks like a"),
        ({"email": "cal@gmial.com"}, "Did you mean cal@gmail.com?"),
        ({"message": "a\ufffdb"}, "Please look at the fields"),
    ],
)
def test_what_is_missing_is_said_and_nothing_kept(
    take: Take, told: dict[str, str], words: str
) -> None:
    answer = take(**told)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Enquiry.objects.exists()


def test_advice_is_not_forced(take: Take) -> None:
    stays = {"message": HEALTH_NUMBER, "keep_number": "on"}
    as_typed = {"email": "cal@gmial.com", "email_choice": "cal@gmial.com"}
    take(**stays, **as_typed)
    assert Enquiry.objects.get().email == "cal@gmial.com"


def test_saved_twice_it_is_one(take: Take, desk: Client) -> None:
    form = new_pass().text
    assert [take(form=form).status_code for _ in range(2)] == [200, 200]
    assert Enquiry.objects.count() == 1


def test_other_words_from_the_same_page_are_a_change_by_phone(take: Take) -> None:
    form = new_pass().text
    take(form=form, message="Left knee")
    page = take(form=form, message="Right knee").text
    assert "<h3>Changed by phone, " in page
    assert "Changed by the patient" not in page
    assert "took down changes by phone" in page


def test_a_page_that_was_open_too_long_keeps_what_was_typed(take: Take) -> None:
    answer = take(form="old", message="Left knee")
    assert answer.status_code == 409
    assert "Left knee</textarea>" in answer.text
    assert "open for too long" in answer.text


def test_a_database_that_refuses_keeps_what_was_typed(take: Take) -> None:
    form = new_pass().text
    refusal = refusing(OperationalError("database or disk is full"), writes_only=True)
    with connection.execute_wrapper(refusal):
        answer = take(form=form, message="Left knee")
    assert answer.status_code == 503
    assert "Left knee</textarea>" in answer.text
    assert f'value="{form}"' in answer.text
    assert not Enquiry.objects.exists()


def test_exports_tell_how_it_came(take: Take, desk: Client) -> None:
    take()
    number = Enquiry.objects.get().pk
    told = desk.post(address("dossier"), {"enquiry": number, "into": "file"}).json()
    assert told["enquiries"][0]["by phone"] == "yes"
    assert told["enquiries"][0]["what happened"][0]["by"] == "Zoe"
    assert '"By phone"' in desk.post(address("table"), {"status": "all"}).text


def test_advice_alone_is_pointed_at(take: Take) -> None:
    assert "Please look at this before you save" in take(message=HEALTH_NUMBER).text
