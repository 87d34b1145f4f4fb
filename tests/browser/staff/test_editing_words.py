"""Staff write a page as they would: on a phone, by keyboard, with a preview that is the page."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.desk import Desk, SignedIn, open_once_it_reads
from tests.faults.processes import wait_for

EDITOR = "#id_body"
MAIN = "main#main"
SAME_WORDS = """([live, shown]) => {
  const plain = (html) => html.replace(/\\s+/g, " ").trim();
  return plain(live) === plain(shown);
}"""


def preview(page: Page):
    return page.frame_locator(".seeing-frame iframe:not(.arriving)")


def reads_as(page: Page, desk: Desk, drawn: str) -> bool:
    """Whether the live page, opened anew, has the words of this preview."""
    page.goto(desk.public("first-session"))
    return bool(page.evaluate(SAME_WORDS, [page.locator(MAIN).inner_html(), drawn]))


def test_a_receptionist_corrects_a_sentence_on_a_phone(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "privacy"))
    page.get_by_label("Summary").fill("We keep only what we need.")
    page.get_by_role("button", name="Preview").tap()
    expect(preview(page).get_by_text("We keep only what we need.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish now")).to_be_in_viewport()
    page.get_by_role("button", name="Write").tap()
    expect(page.get_by_label("Summary")).to_be_visible()
    page.get_by_role("button", name="Save draft").tap()
    expect(page.get_by_text("Saved a draft")).to_be_visible()
    page.get_by_role("button", name="Publish now").tap()
    expect(page.get_by_text("Patients read it now.")).to_be_visible()
    open_once_it_reads(page, desk.public("privacy"), "We keep only what we need.")
    expect(page.get_by_text("We keep only what we need.")).to_be_visible()


def test_the_preview_is_the_public_page(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna", width=1280)
    page.goto(desk.url("change", "first-session"))
    shown = preview(page).locator(MAIN)
    expect(shown).to_be_attached()
    drawn = shown.inner_html()
    look = (
        "e => { const s = getComputedStyle(e); return [s.fontFamily, s.color, s.backgroundColor] }"
    )
    drawn_look = preview(page).locator("h1").evaluate(look)
    # What a test before has changed is shown within a second, but not by each process at the same moment.
    wait_for(lambda: reads_as(page, desk, drawn), "the live page to read as its preview", 10)
    assert page.locator("h1").evaluate(look) == drawn_look


def test_a_question_is_shown_open_at_its_place_on_the_index(
    desk: Desk, signed_in: SignedIn
) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "faq/cost"))
    page.get_by_role("textbox", name="Text", exact=True).fill("It costs what it costs.")
    page.get_by_role("button", name="Preview").tap()
    expect(preview(page).get_by_text("It costs what it costs.")).to_be_in_viewport()


def test_the_enter_key_saves_a_draft_and_publishes_nothing(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "accessibility"))
    page.get_by_label("Title", exact=True).fill("Reading made easy")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved a draft")).to_be_visible()
    page.goto(desk.public("accessibility"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Reading made easy")


def test_tab_leaves_the_text_both_ways(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna", width=1280)
    page.goto(desk.url("change", "safety"))
    editor = page.locator(EDITOR)
    before = editor.input_value()
    editor.focus()
    page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("Summary")).to_be_focused()
    assert editor.input_value() == before


@pytest.mark.parametrize("rest", ["Rest a little.", "\nRest a little.", "\n\nRest a little."])
def test_a_call_out_does_not_swallow_the_text_after_it(
    desk: Desk, signed_in: SignedIn, rest: str
) -> None:
    page = signed_in("anna", width=1280)
    page.goto(desk.url("change", "safety"))
    editor = page.locator(EDITOR)
    editor.fill(rest)
    editor.evaluate("box => box.setSelectionRange(0, 0)")
    page.get_by_role("button", name="Call-out").click()
    page.locator("#call-out-text").fill("Each is used once.")
    page.get_by_role("button", name="Put in").click()
    expect(editor).to_have_value("> [!NOTE]\n> Each is used once.\n\nRest a little.")


def test_the_toolbar_writes_markdown_and_can_be_undone(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna", width=1280)
    page.goto(desk.url("change", "safety"))
    editor = page.locator(EDITOR)
    editor.fill("")
    page.get_by_role("button", name="Heading", exact=True).click()
    page.keyboard.type("Needles")
    page.keyboard.press("End")
    page.get_by_role("button", name="Call-out").click()
    page.locator("#call-out-text").fill("Each is used once.")
    page.get_by_role("button", name="Put in").click()
    expect(editor).to_have_value(re.compile("Each is used once"))
    page.keyboard.press("ControlOrMeta+End")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("clean")
    assert editor.input_value().startswith("## Needles\n\n> [!NOTE]\n> Each is used once.\n")
    assert "**clean**" in editor.input_value()
    expect(preview(page).get_by_role("heading", name="Needles")).to_be_attached()
    page.keyboard.press("ControlOrMeta+z")
    assert "**clean**" not in editor.input_value()


def test_a_link_is_picked_from_the_pages_by_keyboard(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna", width=1280)
    page.goto(desk.url("change", "safety"))
    editor = page.locator(EDITOR)
    editor.fill("Read about it")
    editor.select_text()
    button = page.get_by_role("button", name="Link", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("tennis")
    expect(page.get_by_role("status").filter(has_text="1 found")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(editor).to_have_value("[Read about it](/conditions/tennis-elbow/)")
    expect(editor).to_be_focused()


def test_a_late_list_of_pages_keeps_the_place_of_the_keyboard(
    desk: Desk, signed_in: SignedIn
) -> None:
    page = signed_in("anna", width=1280)
    page.goto(desk.url("change", "safety"))
    late: list[Route] = []
    page.route("**q=tennis%20", lambda route: late.append(route))
    page.get_by_role("button", name="Link", exact=True).click()
    page.keyboard.type("tennis")
    expect(page.get_by_role("status").filter(has_text="1 found")).to_be_visible()
    page.keyboard.type(" ")
    page.keyboard.press("Enter")
    found = page.get_by_role("button", name="Tennis elbow")
    found.evaluate("one => one.dataset.early = ''")
    late[0].continue_()
    expect(found).not_to_have_attribute("data-early", "")
    expect(found).to_be_focused()


def test_counters_count_while_typing(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "safety"))
    counter = page.locator('[data-count-for="id_description"]')
    page.get_by_text("Menus, search engines and details").tap()
    page.get_by_label("Description").fill("Short")
    expect(counter).to_have_text("5 characters")
    expect(counter).to_have_class(re.compile("uneasy"))


def test_without_a_script_a_page_can_be_edited_and_previewed(
    desk: Desk, signed_in: SignedIn
) -> None:
    page = signed_in("anna", java_script_enabled=False)
    page.goto(desk.url("change", "how-we-write"))
    page.get_by_label("Summary").fill("Plain words first.")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").tap()
    expect(opened.value.get_by_text("Plain words first.")).to_be_visible()
    page.get_by_role("button", name="Save draft").tap()
    expect(page.get_by_text("Saved a draft")).to_be_visible()


def test_words_survive_an_expired_session(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "benefits"))
    page.get_by_label("Summary").fill("Typed for an hour.")
    cookies = page.context.cookies()
    page.context.clear_cookies(name=desk.cookie)
    page.get_by_role("button", name="Save draft").tap()
    expect(page.get_by_label("Password")).to_be_visible()
    page.context.add_cookies(cookies)
    page.goto(desk.url("change", "benefits"))
    expect(page.get_by_text("Words that were not saved")).to_be_visible()
    page.get_by_role("button", name="Bring them back").tap()
    expect(page.get_by_label("Summary")).to_have_value("Typed for an hour.")
    page.get_by_role("button", name="Save draft").tap()
    expect(page.get_by_text("Saved a draft")).to_be_visible()
    expect(page.get_by_text("Words that were not saved")).to_be_hidden()


def test_a_closed_tab_loses_nothing(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "book"))
    page.get_by_label("Summary").fill("Half a sentence")
    page.goto(desk.public("safety"))
    page.goto(desk.url("change", "book"))
    page.get_by_role("button", name="Bring them back").tap()
    expect(page.get_by_label("Summary")).to_have_value("Half a sentence")
