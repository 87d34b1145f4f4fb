"""Urgent words in the form: whom to call is said while typing, on the phone alone; without script on sending."""

import re

from playwright.sync_api import Page, expect

from tests.browser.enquiry_form.test_enquiry_form import expect_confirmation, fill, message, send
from tests.browsing import OpenPage, Watch
from tests.emergency.phrases import LEVELS, harmless, urgent
from tests.serving import Site

ROOM = "[data-urgent-words]"
TALLEST_SLIP = 47.5  # px; a button of 48 may be rounded
# Types each phrase into the message and reads the levels of the cards that are then there. A field that is entered is
# looked at without the pause for those who are still typing.
SHOWN = """async phrases => {
  const [input, room] = [document.getElementById("id_message"), document.querySelector("[data-urgent-words]")];
  const shown = [];
  for (const phrase of phrases) {
    input.value = phrase;
    input.dispatchEvent(new Event("focus"));
    await new Promise(done => setTimeout(done));
    shown.push([...room.querySelectorAll("[data-level]")].map(card => Number(card.dataset.level)));
  }
  return shown;
}"""


def open_form(site: Site, page: Page) -> None:
    """The form with its message entered and the rules fetched."""
    page.goto(f"{site.url}/book/")
    with page.expect_response(re.compile("/book/urgent-words/")):
        message(page).focus()


def test_whom_to_call_is_said_while_typing_and_nothing_is_sent(
    clinic_site: Site, page: Page
) -> None:
    open_form(clinic_site, page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.type("Since today I can't pee")
    room = page.locator(ROOM)
    expect(room.get_by_text("Do not drive yourself.")).to_be_visible()
    expect(room).to_have_attribute("role", "status")
    expect(message(page)).to_be_focused()
    button = room.get_by_role("link", name="No ride? Call 9-1-1").bounding_box()
    assert button
    assert button["height"] >= TALLEST_SLIP
    page.keyboard.press("End")
    page.keyboard.type(" and I want to die")
    expect(room.locator("[data-level]")).to_have_count(2)
    expect(room.get_by_text("Do not wait for our answer.")).to_be_visible()
    message(page).fill("Since today my heel hurts")
    expect(room.locator("[data-level]")).to_have_count(0)
    assert asked == []


def test_the_script_reads_every_phrase_as_the_server_does(clinic_site: Site, page: Page) -> None:
    open_form(clinic_site, page)
    message(page).fill("chest pain")
    expect(page.locator(ROOM).get_by_text("Call 9-1-1 now").first).to_be_visible()
    phrases = [
        *(typed for typed, _ in urgent()),
        *harmless(),
        "strok",
        "brething problems",
        "suicde",
        "chess pain",
    ]
    wanted = [
        *([LEVELS[level]] for _, level in urgent()),
        *([] for _ in harmless()),
        [5],
        [5],
        [4],
        [],
    ]
    shown = page.evaluate(SHOWN, phrases)
    pairs = zip(phrases, shown, wanted, strict=True)
    assert [(typed, got) for typed, got, right in pairs if got != right] == []


def test_an_urgent_enquiry_is_sent_like_any_other(clinic_site: Site, page: Page) -> None:
    open_form(clinic_site, page)
    fill(page, "Ana Urgent")
    message(page).fill("I have chest pain")
    send(page)
    expect(page.get_by_role("note", name="Call 9-1-1 now")).to_be_visible()
    expect_confirmation(page)


def test_it_is_said_again_of_words_that_come_back(clinic_site: Site, page: Page) -> None:
    open_form(clinic_site, page)
    message(page).fill("I have chest pain. My health card is 9698 658 215.")
    page.goto(f"{clinic_site.url}/faq/")
    page.goto(f"{clinic_site.url}/book/")
    expect(page.locator(ROOM).get_by_text("Call 9-1-1 now").first).to_be_visible()
    expect(page.get_by_text("We do not need it here.")).to_be_visible()


def test_without_script_it_is_said_on_sending(
    clinic_site: Site, open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("422")
    page = open_page(java_script_enabled=False)
    page.goto(f"{clinic_site.url}/book/")
    message(page).fill("I cannot pee")
    send(page)
    expect(page.get_by_role("note", name="Go to an emergency department now")).to_be_in_viewport()
    expect(message(page)).to_have_value("I cannot pee")
    fill(page, "Ana Unscripted")
    send(page)
    expect(page.get_by_role("note", name="Go to an emergency department now")).to_be_in_viewport()
    expect_confirmation(page)


def test_the_buttons_of_the_search_have_room_for_a_thumb(clinic_site: Site, page: Page) -> None:
    for typed in ("chest pain", "want to die", "cannot pee", "dvt", "811"):
        page.goto(f"{clinic_site.url}/search/?q={typed}")
        heights = page.locator(".note-button a").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height)"
        )
        assert heights, typed
        assert min(heights) >= TALLEST_SLIP, typed
