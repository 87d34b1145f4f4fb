"""Advice that is given once and blocks nothing: a slip in the address, a number that is better left out."""

import pytest

from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.public_form.email_suggestions import PROVIDERS, distance, likely_address
from clinic_site.enquiries.public_form.private_numbers import (
    CARD,
    HEALTH,
    INSURANCE,
    private_number_in,
)
from tests.enquiries.conftest import Send

HEALTH_NUMBER, INSURANCE_NUMBER = "9698 658 215", "046 454 286"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmail.con", "ana@gmail.com"),
        ("ana@gmai.co", "ana@gmail.com"),
        ("ana@GMAILL.com", "ana@gmail.com"),
        ("ana@hotmial.ca", "ana@hotmail.ca"),
        ("ana@outlok.com", "ana@outlook.com"),
        ("ana@yahooo.ca", "ana@yahoo.ca"),
        ("ana@iclod.com", "ana@icloud.com"),
        ("ana@shw.ca", "ana@shaw.ca"),
        ("ana@tells.net", "ana@telus.net"),
        ("ana@mail.com", ""),
        ("ana@mailw.com", ""),
        ("ana@mailx.com", ""),
        ("ana@gmail.ca", ""),
        ("ana@hotmail.fr", ""),
        ("ana@clinic.ca", ""),
        ("ana@ubc.ca", ""),
    ],
)
def test_slips_in_well_known_names(typed: str, meant: str) -> None:
    assert likely_address(typed) == meant


@pytest.mark.parametrize("provider", PROVIDERS)
def test_well_known_names_are_right(provider: str) -> None:
    assert likely_address(f"ana@{provider}") == ""


@pytest.mark.parametrize(
    ("left", "right", "slips"), [("", "ab", 2), ("ab", "ba", 1), ("abc", "abd", 1), ("a", "a", 0)]
)
def test_slips_are_counted(left: str, right: str, slips: int) -> None:
    assert distance(left, right) == slips


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"My card is {HEALTH_NUMBER}.", HEALTH),
        ("PHN9698658215", HEALTH),
        ("9698-658-215", HEALTH),
        ("９６９８６５８２１５", HEALTH),
        (f"SIN {INSURANCE_NUMBER}", INSURANCE),
        ("046454286", INSURANCE),
        ("pay with 4111 1111 1111 1111", CARD),
        ("3782 822463 10005", CARD),
        (f"604 555 0142 {INSURANCE_NUMBER}", INSURANCE),
        ("604 555 0142", ""),
        ("9698 658 216", ""),
        ("046 454 287", ""),
        ("4111 1111 1111 1112", ""),
        ("000 000 000", ""),
        ("604 555 0142 604 555 0199", ""),
        ("04 64 54 28 6", ""),
        ("since 2024-03-15, 8 out of 10", ""),
        ("", ""),
    ],
)
def test_numbers_with_a_right_check_digit(text: str, kind: str) -> None:
    assert private_number_in(text) == kind


def test_a_number_brings_the_form_back_with_the_words_kept(send: Send) -> None:
    response = send(message=f"Card {HEALTH_NUMBER}")
    assert response.status_code == 422
    assert "<title>Check: Ask for a visit" in response.text
    assert "Please look at this before you send" in response.text
    assert f"Card {HEALTH_NUMBER}</textarea>" in response.text
    assert "This looks like a <strong>health card number</strong>" in response.text
    assert not Enquiry.objects.exists()


def test_a_number_in_the_name_counts_too(send: Send) -> None:
    assert send(name=f"Ana {INSURANCE_NUMBER}").status_code == 422


def test_it_is_sent_anyway_when_the_patient_says_so(send: Send) -> None:
    assert send(message=f"Card {HEALTH_NUMBER}", keep_number="on").status_code == 303
    assert HEALTH_NUMBER in Enquiry.objects.get().message


def test_it_is_sent_once_the_number_is_gone(send: Send) -> None:
    assert send(message="Card left out").status_code == 303


def test_a_slip_is_asked_about_before_anything_is_sent(send: Send) -> None:
    response = send(email="ana@gmial.com")
    assert response.status_code == 422
    question = response.text.partition("<h1")[0]
    assert "Did you mean <strong>ana@gmail.com</strong>?" in question
    assert "Yes, send with ana@gmail.com" in question
    assert "No, send as typed" in question
    assert 'name="email" value="ana@gmial.com"' in response.text
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("kept", ["ana@gmail.com", "ana@gmial.com"])
def test_the_patient_decides(send: Send, kept: str) -> None:
    assert send(email="ana@gmial.com", email_choice=kept).status_code == 303
    assert Enquiry.objects.get().email == kept


def test_who_sends_again_without_an_answer_has_seen_the_question(send: Send) -> None:
    form = send(email="ana@gmial.com").text
    unseen = form.index('<input type="hidden" form="ask" name="email_choice"')
    assert 'value="ana@gmial.com">' in form[unseen : unseen + 90]
    assert form.index('<button class="unseen" type="submit"') < form.index("Yes, send with")


def test_another_slip_is_asked_about_again(send: Send) -> None:
    answered = {"email_choice": "ana@gmail.com"}
    assert send(email="ana@hotmial.com", **answered).status_code == 422


@pytest.mark.parametrize("choice", ["ana@gmail.com", "ana@gmial.com"])
def test_the_answer_stands_while_something_else_is_put_right(send: Send, choice: str) -> None:
    card = {"message": f"Card {HEALTH_NUMBER}"}
    form = send(email="ana@gmial.com", email_choice=choice, **card).text
    assert "Did you mean" not in form.partition("<template")[0]
    is_taken = choice == "ana@gmail.com"
    assert ('name="email" value="ana@gmail.com"' in form) is is_taken
    assert ('name="email_choice" value="ana@gmial.com"' in form) is not is_taken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana@GMAIL.COM", "Ana@gmail.com"),
        (" ana @ shaw.ca ", "ana@shaw.ca"),
        ("<ana@shaw.ca>", "ana@shaw.ca"),
        ("mailto:ana@shaw.ca", "ana@shaw.ca"),
        ("ana@shaw.ca.", "ana@shaw.ca"),
    ],
)
def test_what_slips_in_around_an_address_is_taken_off(send: Send, typed: str, kept: str) -> None:
    assert send(email=typed).status_code == 303
    assert Enquiry.objects.get().email == kept


def test_errors_come_first_and_the_advice_stays_beside_its_field(send: Send) -> None:
    response = send(name="", email="ana@gmial.com", message=f"Card {HEALTH_NUMBER}")
    assert "There is a problem" in response.text
    assert "Did you mean ana@gmail.com?" in response.text
    assert "health card number</strong>" in response.text
