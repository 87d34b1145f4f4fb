"""Staff answer enquiries on a phone: alone, two at once, with the list open all day, and without script."""

import re

from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, SignedIn
from tests.browser.patients import arrives, becomes_overdue, inbox
from tests.looking import PHONE, UNFOLD, faults

HEIGHTS = """[...document.querySelectorAll("#content :is(button, summary, .card, .tabs a, .action, .button-link)")]
  .filter(one => one.checkVisibility()).map(one => [one.getBoundingClientRect().height, one.innerText])"""
# Answered long ago, untouched since, and to be followed up today: a double that can be closed, and many at once.
AGED = (
    """UPDATE enquiries_enquiry SET status = 'contacted', follow_up_on = date('now', '-1 day'),
    received_at = datetime('now', '-60 days') WHERE id = ?""",
    "UPDATE enquiries_enquiryevent SET at = datetime('now', '-60 days') WHERE enquiry_id = ?",
)
HIDE = "Object.defineProperty(document, 'hidden', {get: () => %s, configurable: true})"
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


def look_now(page: Page) -> None:
    """The tab comes into view, so the page asks at once."""
    page.evaluate(LOOK)


def test_every_page_of_the_inbox_is_accessible_and_fits(desk: Desk, signed_in: SignedIn) -> None:
    one = arrives(desk, "Axe Everywhere", email="ana@example.ca", message="Long: " + "x" * 80)
    becomes_overdue(desk, one)
    again = arrives(desk, "Axe Everywhere Again", email="ana@example.ca")
    for statement in AGED:
        desk.ask(statement, again.number)
    page = signed_in("anna")
    tail = f"{one.number}/"
    found = {}
    for route in (
        "",
        "?status=all",
        "?status=contacted",
        "figures/",
        "add/",
        "person/",
        *(tail + end for end in PAGES_OF_ONE),
    ):
        page.goto(inbox(desk, route))
        for summary in page.locator("#content details > summary").all():
            summary.click()
        found[route] = faults(page)
    page.goto(inbox(desk))
    page.get_by_label("Find by name").fill("Everywhere")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("link", name=re.compile("Everywhere")).first).to_be_visible()
    found["found by name"] = faults(page)
    page.get_by_text("Account", exact=True).tap()
    found["account open"] = faults(page, widths=(PHONE,))
    assert {route: told for route, told in found.items() if told} == {}


PAGES_OF_ONE = ("change/", "correct/", "history/", "delete/")


def test_a_receptionist_answers_an_enquiry(desk: Desk, signed_in: SignedIn) -> None:
    one = arrives(desk, "Rita Answered")
    page = signed_in("anna")
    page.goto(inbox(desk))
    page.get_by_role("link", name="Rita Answered").tap()
    expect(page.get_by_role("link", name="Call (604) 555-0142")).to_have_attribute(
        "href", "tel:+16045550142"
    )
    page.get_by_role("radio", name="Contacted").check()
    page.get_by_label("Add a note").fill("Left a message.")
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("Left a message.")).to_be_visible()
    page.goto(inbox(desk, "?status=contacted"))
    expect(page.get_by_text(one.reference)).to_be_visible()


def test_a_receptionist_takes_an_enquiry_down_by_phone(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(inbox(desk))
    page.get_by_role("link", name="Take one down by phone").tap()
    page.get_by_label("Name").fill("Cora Caller")
    page.get_by_label("Phone", exact=True).first.fill("604 555 0142")
    page.get_by_label("Knee").check()
    page.get_by_label("I read this to them").check()
    page.get_by_role("button", name="Save the enquiry").tap()
    expect(page.get_by_text("Tell them: reference")).to_be_in_viewport()
    expect(page.get_by_text("took it down by phone")).to_be_visible()


def test_the_same_works_without_script(desk: Desk, signed_in: SignedIn) -> None:
    arrives(desk, "Nora Noscript")
    page = signed_in("anna", java_script_enabled=False)
    page.goto(inbox(desk))
    page.get_by_role("link", name="Nora Noscript").tap()
    page.get_by_role("radio", name="Booked").check()
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_an_overdue_enquiry_is_told_by_words_and_place(desk: Desk, signed_in: SignedIn) -> None:
    becomes_overdue(desk, arrives(desk, "Olga Overdue"))
    page = signed_in("anna")
    page.goto(inbox(desk))
    expect(page.get_by_role("heading", name="Overdue")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Olga Overdue")).to_contain_text("Overdue by 9 days")
    expect(page.locator(".card-link").first).to_be_in_viewport()


def test_every_target_on_the_phone_is_large_enough(desk: Desk, signed_in: SignedIn) -> None:
    one = arrives(desk, "Tara Targets", email="tara@example.ca")
    page = signed_in("anna")
    for address in (inbox(desk), one.url):
        page.goto(address)
        page.evaluate(UNFOLD)
        heights = page.evaluate(HEIGHTS)
        assert len(heights) > 5
        assert [target for target in heights if target[0] < 44] == []


def test_a_new_enquiry_appears_by_itself_and_is_said(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(inbox(desk))
    arrives(desk, "Nia New")
    look_now(page)
    expect(page.get_by_role("link", name="Nia New")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("for an answer")


def test_the_list_asks_every_15_seconds_and_never_in_a_hidden_tab(
    desk: Desk, signed_in: SignedIn
) -> None:
    page = signed_in("anna")
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if "/list/" in request.url else None
    )
    page.clock.install()
    page.goto(inbox(desk))
    with page.expect_response("**/list/**"):
        page.clock.run_for(15_000)
    assert len(asked) == 1
    page.evaluate(HIDE % "true")
    look_now(page)
    page.clock.run_for(120_000)
    assert len(asked) == 1
    page.evaluate(HIDE % "false")
    with page.expect_response("**/list/**"):
        look_now(page)
    assert len(asked) == 2


def test_the_keyboard_stays_where_it_was_when_the_list_changes(
    desk: Desk, signed_in: SignedIn
) -> None:
    one = arrives(desk, "Fay Focus")
    page = signed_in("anna", width=1280)
    page.goto(inbox(desk))
    page.locator(f"#enquiry-{one.number}").focus()
    arrives(desk, "Fred Follows")
    look_now(page)
    expect(page.get_by_role("link", name="Fred Follows")).to_be_visible()
    expect(page.locator(f"#enquiry-{one.number}")).to_be_focused()
