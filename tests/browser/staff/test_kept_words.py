"""Words typed in the inbox are still there after the session has ended, and gone once they are saved."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import PASSWORD, Desk, SignedIn
from tests.browser.patients import arrives, inbox
from tests.browsing import Watch

KEPT = "are kept in this browser"
STORED = "() => JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage})"
LEFT = f"words => !({STORED})().includes(words)"


def sign_in_again(page: Page, name: str = "anna") -> None:
    """Whatever is tapped now leads to the sign-in, and from there back."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").tap()


@pytest.fixture
def at_note(desk: Desk, signed_in: SignedIn, watch: Watch) -> Page:
    """Anna's half note at an enquiry; her session ends as she saves it."""
    one = arrives(desk, "Ned Noted")
    page = signed_in("anna")
    page.goto(one.url)
    page.get_by_label("Add a note").fill("Rang twice, no answer.")
    page.context.clear_cookies(name=desk.cookie)
    page.get_by_role("button", name="Save", exact=True).tap()
    return page


def test_a_note_comes_back_after_the_sign_in(at_note: Page) -> None:
    sign_in_again(at_note)
    expect(at_note.get_by_text(KEPT)).to_be_visible()
    at_note.get_by_role("button", name="Bring them back").tap()
    expect(at_note.get_by_label("Add a note")).to_have_value("Rang twice, no answer.")
    at_note.get_by_role("button", name="Save", exact=True).tap()
    expect(at_note.locator(".note").last).to_contain_text("Rang twice, no answer.")


def test_once_saved_it_is_not_offered_again_and_not_kept(at_note: Page) -> None:
    sign_in_again(at_note)
    at_note.get_by_role("button", name="Bring them back").tap()
    at_note.get_by_role("button", name="Save", exact=True).tap()
    expect(at_note.get_by_text("Saved.")).to_be_visible()
    expect(at_note.get_by_text(KEPT)).to_be_hidden()
    at_note.wait_for_function(LEFT, arg="Rang twice")  # by a script, a moment later


def test_a_colleague_at_the_same_device_is_not_offered_it(at_note: Page) -> None:
    sign_in_again(at_note, "ben")
    expect(at_note.get_by_label("Add a note")).to_be_visible()
    expect(at_note.get_by_text(KEPT)).to_be_hidden()


def test_another_tab_holds_none_of_it(at_note: Page) -> None:
    other = at_note.context.new_page()
    other.goto(at_note.url)
    assert "Rang twice" not in other.evaluate(STORED)


def test_signing_out_leaves_nothing(at_note: Page) -> None:
    sign_in_again(at_note)
    expect(at_note.get_by_text(KEPT)).to_be_visible()
    at_note.get_by_text("Account", exact=True).tap()
    at_note.get_by_role("button", name="Log out").tap()
    expect(at_note.get_by_text("Log in again")).to_be_visible()
    at_note.wait_for_function(LEFT, arg="Rang twice")  # by a script, a moment later


def test_an_enquiry_by_phone_comes_back_whole(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(inbox(desk))
    page.get_by_role("link", name="Take one down by phone").tap()
    page.get_by_label("Name", exact=True).fill("Cal Caller")
    page.get_by_label("Phone", exact=True).first.fill("604 555 0142")
    page.get_by_label("In their words").fill("Since the move.")
    page.context.clear_cookies(name=desk.cookie)
    page.get_by_role("button", name="Save the enquiry").tap()
    sign_in_again(page)
    page.get_by_role("button", name="Bring them back").tap()
    expect(page.get_by_label("In their words")).to_have_value("Since the move.")
    page.get_by_label("I read this to them").check()
    page.get_by_role("button", name="Save the enquiry").tap()
    expect(page.get_by_text("Kept. Tell them: reference")).to_be_visible()
    page.wait_for_function(LEFT, arg="Since the move")
