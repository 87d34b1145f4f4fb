"""From the list of enquiries to an answer in three taps on a phone, and to a call in two."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, SignedIn
from tests.browser.patients import arrives, inbox
from tests.looking import faults


@pytest.fixture
def through_the_site(desk: Desk) -> None:
    """The owner has set that answers are sent by the site."""
    desk.ask("INSERT OR REPLACE INTO enquiries_replyway (id, through_the_site) VALUES (1, 1)")


@pytest.fixture
def in_mail_program(desk: Desk) -> None:
    desk.ask("DELETE FROM enquiries_replyway")


def to_the_words(page: Page, desk: Desk, name: str) -> None:
    """Two taps from the list: the card, then "Write to"."""
    page.goto(inbox(desk))
    page.get_by_role("link", name=name).tap()
    page.get_by_text(re.compile("^Write to")).tap()


def test_three_taps_send_an_answer_and_the_status_follows(
    desk: Desk, signed_in: SignedIn, through_the_site: None
) -> None:
    one = arrives(desk, "Tina Threetaps", email="tina@example.ca")
    page = signed_in("anna")
    to_the_words(page, desk, "Tina Threetaps")
    expect(page.get_by_label("Your answer")).to_have_value(re.compile("Hello Tina Threetaps"))
    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.get_by_text("On its way to tina@example.ca.")).to_be_visible()
    expect(page.get_by_text("Set to Contacted")).to_be_visible()
    assert desk.ask("SELECT status FROM enquiries_enquiry WHERE id = ?", one.number) == [
        ("contacted",)
    ]


def test_what_was_edited_is_what_is_sent(
    desk: Desk, signed_in: SignedIn, through_the_site: None
) -> None:
    one = arrives(desk, "Eddy Edited", email="eddy@example.ca")
    page = signed_in("anna")
    to_the_words(page, desk, "Eddy Edited")
    page.get_by_role("link", name="Could not reach you").tap()
    expect(page.get_by_label("Your answer")).to_have_value(re.compile("could not reach you"))
    page.get_by_label("Your answer").fill("Monday at 10?")
    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.get_by_text("On its way to")).to_be_visible()
    kept = desk.ask("SELECT body FROM enquiries_enquiryreply WHERE enquiry_id = ?", one.number)
    assert kept == [("Monday at 10?",)]


def test_going_from_text_to_text_loses_no_edit(
    desk: Desk, signed_in: SignedIn, through_the_site: None
) -> None:
    arrives(desk, "Tex Texts", email="tex@example.ca")
    page = signed_in("anna")
    to_the_words(page, desk, "Tex Texts")
    page.get_by_label("Your answer").fill("Half an answer")
    page.get_by_role("link", name="Visit booked").tap()
    page.get_by_role("link", name="Offer times").tap()
    expect(page.get_by_label("Your answer")).to_have_value("Half an answer")


def test_the_mail_program_gets_the_edited_words_and_the_status_can_be_taken_back(
    desk: Desk, signed_in: SignedIn, in_mail_program: None
) -> None:
    arrives(desk, "Mia Mailto", email="mia@example.ca")
    page = signed_in("anna")
    to_the_words(page, desk, "Mia Mailto")
    page.get_by_label("Your answer").fill("Monday & Tuesday?")
    link = page.get_by_role("link", name="Send in your mail program")
    expect(link).to_have_attribute("href", re.compile("body=Monday%20%26%20Tuesday%3F$"))
    link.evaluate("one => one.addEventListener('click', event => event.preventDefault())")
    link.tap()
    expect(page.get_by_text("Set to Contacted")).to_be_visible()
    page.get_by_role("button", name="Take it back: New").tap()
    expect(page.get_by_text("Taken back: it is new again.")).to_be_visible()


def test_after_a_call_a_note_is_saved_without_a_quarrel_with_oneself(
    desk: Desk, signed_in: SignedIn, in_mail_program: None
) -> None:
    arrives(desk, "Cara Called")
    page = signed_in("anna")
    page.goto(inbox(desk))
    page.get_by_role("link", name="Cara Called").tap()
    call = page.get_by_role("link", name="Call (604) 555-0142")
    call.evaluate("one => one.addEventListener('click', event => event.preventDefault())")
    call.tap()
    expect(page.get_by_text("Set to Contacted")).to_be_visible()
    page.get_by_label("Add a note").fill("Comes on Monday.")
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("radio", name="Contacted")).to_be_checked()


def test_the_open_answer_is_accessible_and_fits(
    desk: Desk, signed_in: SignedIn, through_the_site: None
) -> None:
    arrives(desk, "Axel Answer", email="axel.with.a.long.address@example.ca")
    page = signed_in("anna")
    to_the_words(page, desk, "Axel Answer")
    assert faults(page) == []
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Set to Contacted")).to_be_visible()
    assert faults(page) == []
