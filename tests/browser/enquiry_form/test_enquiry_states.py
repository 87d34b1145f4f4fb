"""Every state of the form and of the confirmation: accessible, within the screen, light and dark."""

import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.enquiry_form.test_enquiry_form import expect_confirmation, fill, message, send
from tests.browsing import OpenPage, Watch
from tests.looking import PATIENTS, PHONE, faults
from tests.serving import Site

State = Callable[[Site, Page], None]


def empty(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/book/?about=tennis-elbow")


def everything_wrong(site: Site, page: Page) -> None:
    empty(site, page)
    page.get_by_label("Email", exact=True).first.fill("ana@")
    message(page).fill("x" * 501)
    send(page)
    expect(page.get_by_role("region", name="There is a problem")).to_be_visible()


def advised_at_once(site: Site, page: Page) -> None:
    empty(site, page)
    message(page).fill("Card 9698 658 215")
    expect(page.get_by_text("Please take it out")).to_be_visible()


def advised_by_the_server(site: Site, page: Page) -> None:
    empty(site, page)
    fill(page, "Ana Advised")
    message(page).fill("Card 9698 658 215")
    page.get_by_label("Email", exact=True).first.fill("ana@gmial.com")
    send(page)
    expect(page.get_by_role("region", name="Please look at this")).to_be_visible()


def open_for_too_long(site: Site, page: Page) -> None:
    empty(site, page)
    fill(page, "Ana Slow")
    page.evaluate("document.querySelector('form.ask').elements.form.value = 'old'")
    send(page)
    expect(page.get_by_role("region", name="Please send it again")).to_be_visible()


def unavailable(site: Site, page: Page) -> None:
    empty(site, page)
    fill(page, "Ana Locked")
    held = sqlite3.connect(site.data_dir / "db.sqlite3", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    try:
        send(page)
        expect(page.get_by_role("region", name="We cannot take your enquiry")).to_be_focused(
            timeout=15_000
        )
    finally:
        held.close()
    expect(page.get_by_label("Your name")).to_have_value("Ana Locked")


def told_whom_to_call_while_typing(site: Site, page: Page) -> None:
    empty(site, page)
    message(page).fill("I cannot pee and I want to die")
    expect(page.locator("[data-urgent-words] [data-level]")).to_have_count(2)


def told_whom_to_call_on_sending(site: Site, page: Page) -> None:
    empty(site, page)
    message(page).fill("A red streak runs up my arm")
    send(page)
    expect(page.get_by_role("complementary", name="Whom to call first")).to_be_visible()


def confirmed(site: Site, page: Page) -> None:
    empty(site, page)
    fill(page, "Ana Confirmed")
    send(page)
    expect_confirmation(page)
    page.go_back()
    message(page).fill("It is worse today.")
    send(page)
    expect(page.get_by_text("with changes")).to_be_visible()


def about_to_withdraw(site: Site, page: Page) -> None:
    confirmed(site, page)
    page.get_by_role("link", name="Withdraw my enquiry").click()
    expect(page.get_by_role("button", name="Yes, withdraw it")).to_be_visible()


def withdrawn(site: Site, page: Page) -> None:
    about_to_withdraw(site, page)
    page.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.get_by_text("Did you change your mind?")).to_be_visible()


def question_with_errors(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/book/question/")
    page.get_by_label("Email", exact=True).first.fill("ana@gmial.com")
    page.get_by_role("button", name="Send my question").click()
    expect(page.get_by_role("region", name="There is a problem")).to_be_visible()


def kept_after_a_reload(site: Site, page: Page) -> None:
    empty(site, page)
    message(page).fill("Kept words.")
    page.reload()
    expect(page.get_by_role("button", name="Forget this")).to_be_visible()
    expect(message(page)).to_have_value("Kept words.")


STATES: list[State] = [
    empty,
    everything_wrong,
    advised_at_once,
    advised_by_the_server,
    open_for_too_long,
    unavailable,
    told_whom_to_call_while_typing,
    told_whom_to_call_on_sending,
    confirmed,
    about_to_withdraw,
    withdrawn,
    question_with_errors,
    kept_after_a_reload,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_state_is_accessible_and_fits_the_screen(
    clinic_site: Site, open_page: OpenPage, watch: Watch, state: State
) -> None:
    for status in ("422", "409", "503"):
        watch.expect(status)
    page = open_page(width=PHONE)
    state(clinic_site, page)
    assert faults(page, PATIENTS) == []
