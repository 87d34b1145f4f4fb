"""My visit sheet: ticked with and without script, shown at the desk, printed; nothing leaves the device."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import OpenPage
from tests.looking import PATIENTS, faults
from tests.serving import Site

PATH = "/visit-sheet/"
TALL = 16_000
SCRIPTS = pytest.mark.parametrize("with_script", [True, False])


@pytest.fixture
def sheet(site: Site, page: Page) -> Page:
    """The sheet, open and with its scripts run."""
    page.goto(site.url + PATH)
    expect(page.get_by_role("button", name="Print it")).to_be_visible()
    return page


@SCRIPTS
def test_a_sign_ends_the_sheet_and_says_whom_to_call(
    site: Site, open_page: OpenPage, with_script: bool
) -> None:
    page = open_page(java_script_enabled=with_script)
    page.goto(site.url + PATH)
    page.get_by_label("I have one of these signs now.").check()
    expect(page.get_by_text("Stop here.")).to_be_visible()
    expect(page.get_by_role("heading", name="Why I come")).to_be_hidden()
    expect(page.get_by_role("link", name="Call 9-1-1 now").first).to_be_visible()
    expect(page.locator(".contact-bar").get_by_role("link", name="Ask for a visit")).to_be_hidden()
    page.get_by_label("I have one of these signs now.").uncheck()
    expect(page.get_by_role("heading", name="Why I come")).to_be_visible()


def test_warning_signs_stand_before_all_there_is_to_tick(sheet: Page) -> None:
    headings = sheet.locator(".sheet h2").all_inner_texts()
    assert headings[0] == "Before anything else"
    assert sheet.locator(".sheet input").first.evaluate("one => one.closest('.signs') !== null")


@SCRIPTS
def test_the_five_considerations_can_be_ticked(
    site: Site, open_page: OpenPage, with_script: bool
) -> None:
    page = open_page(java_script_enabled=with_script)
    page.goto(site.url + PATH)
    reasons = page.locator("section", has=page.locator("#reasons")).get_by_role("checkbox")
    expect(reasons).to_have_count(5)
    for box in reasons.all():
        box.check()
    expect(page.locator("#reasons ~ .ticks b")).to_have_text(
        [
            "Persistent Pain",
            "Trigger Points",
            "Limited Function",
            "Neuropathic Symptoms",
            "Recommendation from a Healthcare Provider",
        ]
    )


def test_a_tap_on_the_body_map_ticks_its_area(sheet: Page) -> None:
    knee = sheet.locator(".body-map [href='#knee'] use").first
    knee.dispatch_event("click")
    expect(sheet.get_by_label("Knee")).to_be_checked()
    assert sheet.url.endswith(PATH)


def test_the_sheet_names_what_the_safety_page_asks_for(site: Site, sheet: Page) -> None:
    told = sheet.locator("section", has=sheet.locator("#tell-us")).locator("li").all_inner_texts()
    sheet.goto(f"{site.url}/safety/")
    asked = sheet.locator("#tell-us-before-we-start ~ ul li").all_inner_texts()
    assert told == asked and len(asked) > 20
    assert any("Eliquis" in one for one in told)


def test_at_the_desk_only_what_was_ticked_is_shown(sheet: Page) -> None:
    sheet.get_by_label("You are afraid of needles.").check()
    sheet.get_by_label("Show only what I ticked").check()
    left = sheet.locator(".sheet li").filter(visible=True)
    expect(left).to_have_text(["You are afraid of needles."])
    sheet.get_by_role("button", name="Start again").click()
    expect(sheet.get_by_role("heading", name="Before anything else")).to_be_visible()
    expect(sheet.get_by_label("You are afraid of needles.")).not_to_be_checked()


def test_nothing_leaves_the_device(sheet: Page) -> None:
    sent: list[str] = []
    sheet.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    before = sheet.url
    sheet.locator(".pick summary").click()
    questions = sheet.locator(".pick").get_by_role("checkbox")
    assert questions.count() > 40
    questions.first.check()
    sheet.get_by_label("Knee").check()
    sheet.locator("textarea").fill("Warfarin. It has hurt for 3 months.")
    sheet.locator(".after-signs input").first.press("Enter")
    sheet.emulate_media(media="print")
    assert sent == []
    assert sheet.url == before
    kept = sheet.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_it_works_by_keyboard_alone(sheet: Page) -> None:
    sheet.get_by_label("Persistent Pain").focus()
    sheet.keyboard.press("Space")
    sheet.keyboard.press("Tab")
    sheet.keyboard.press("Space")
    expect(sheet.get_by_label("Persistent Pain")).to_be_checked()
    expect(sheet.get_by_label("Trigger Points")).to_be_checked()


@pytest.mark.parametrize("state", ["blank", "ticked", "stopped"])
def test_every_state_is_accessible_and_fits(site: Site, open_page: OpenPage, state: str) -> None:
    page = open_page(height=TALL)
    page.goto(site.url + PATH)
    page.locator(".pick summary").click()
    if state == "ticked":
        for box in page.locator(".after-signs li input").all()[::3]:
            box.check()
    if state == "stopped":
        page.get_by_label("I have one of these signs now.").check()
    assert faults(page, PATIENTS, height=TALL) == []


@SCRIPTS
def test_paper_has_a_blank_to_fill_in(site: Site, open_page: OpenPage, with_script: bool) -> None:
    page = open_page(java_script_enabled=with_script)
    page.goto(site.url + PATH)
    page.emulate_media(media="print")
    expect(page.get_by_text("You are afraid of needles.")).to_be_visible()
    expect(page.locator(".signs")).to_be_visible()
    expect(page.locator("textarea")).to_be_visible()


def test_paper_has_what_was_ticked_and_no_more(sheet: Page) -> None:
    sheet.get_by_label("You are afraid of needles.").check()
    sheet.emulate_media(media="print")
    expect(sheet.locator(".sheet li").filter(visible=True)).to_have_text(
        ["You are afraid of needles."]
    )


def test_the_considerations_draw_no_boxes_that_cannot_be_ticked(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/is-it-for-me/")
    drawn = page.locator(".checklist > li").first.evaluate(
        "one => getComputedStyle(one, '::before').content"
    )
    assert drawn == "none"
    page.get_by_role("link", name="Tick it on your visit sheet").click()
    expect(page.locator("#reasons")).to_be_in_viewport()
