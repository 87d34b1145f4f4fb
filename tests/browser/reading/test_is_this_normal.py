"""The table "is this normal?": ticked on a phone, read without script, printed."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browsing import OpenPage
from tests.looking import NO_SIDEWAYS, PATIENTS, PHONE, dress, faults
from tests.serving import Site

PATH = "/is-this-normal/"
TALL = 16_000


@pytest.fixture
def table(site: Site, page: Page) -> Page:
    """The page, open and with its script run."""
    page.goto(site.url + PATH)
    expect(page.locator(".felt input").first).to_be_attached()
    return page


def felt(page: Page, name: str) -> None:
    """Say that one feels this, in the list at the top."""
    page.locator(".felt label", has_text=name).tap()


def sign(page: Page, words: str) -> None:
    """Tick a sign of a row by its words."""
    page.locator(".row:visible").get_by_label(words).first.check()


def answer(page: Page) -> str:
    """What the bar says."""
    return page.get_by_role("status").inner_text()


def test_what_is_felt_leaves_its_own_rows(table: Page) -> None:
    felt(table, "Sore at the spot")
    expect(table.locator(".row").filter(visible=True).locator("h3")).to_have_text(
        ["Sore at the spot"]
    )
    expect(table.get_by_role("status")).to_contain_text("It often happens")


def test_the_most_urgent_of_several_answers_counts(table: Page) -> None:
    felt(table, "Sore at the spot")
    felt(table, "Headache")
    sign(table, "You cannot use the limb")
    assert answer(table).split("\n")[0] == "Doctor today"
    sign(table, "It is sudden and severe")
    assert answer(table).split("\n")[0] == "Call 9-1-1 now"


def test_nothing_that_is_ticked_lowers_what_was_said(table: Page) -> None:
    sign(table, "You are short of breath")
    heights = []
    for label in table.locator(".felt label").all():
        label.tap()
        heights.append(answer(table).split("\n")[0])
    for box in table.locator(".row input").filter(visible=True).all():
        box.check()
        heights.append(answer(table).split("\n")[0])
    assert set(heights) == {"Call 9-1-1 now"}


def test_every_sign_is_said_at_its_own_level(table: Page) -> None:
    titles = {
        "Call us": "Call us",
        "Doctor today": "Doctor today",
        "Emergency now": "Emergency now",
        "Call 9-1-1": "Call 9-1-1 now",
    }
    wrong = []
    for box in table.locator(".row input").all():
        column = box.evaluate("one => one.closest('dl > div').querySelector('dt').textContent")
        box.evaluate("one => one.click()")
        if answer(table).split("\n")[0] != titles[column]:
            wrong.append(column)
        box.evaluate("one => one.click()")
    assert wrong == []
    assert answer(table) == ""


def test_the_answer_is_a_number_to_call_in_the_bar(table: Page) -> None:
    sign(table, "You have a fever, with nothing else wrong")
    call = table.locator(".help-bar").get_by_role("link", name="Call 8-1-1")
    expect(call).to_be_in_viewport()
    expect(call).to_have_attribute("href", "tel:811")
    box = call.bounding_box()
    assert box is not None and box["height"] >= 48


def test_it_works_by_keyboard_alone(table: Page) -> None:
    table.locator(".felt input").first.focus()
    table.keyboard.press("Space")
    expect(table.get_by_role("status")).to_contain_text("Call 9-1-1 now")
    outline = table.locator(".felt .chip").first.evaluate(
        "one => getComputedStyle(one).outlineStyle"
    )
    assert outline == "solid"


def test_nothing_is_sent_while_it_is_used(table: Page) -> None:
    sent: list[str] = []
    table.on("request", lambda request: sent.append(_named(request)))
    for label in table.locator(".felt label").all():
        label.tap()
    for box in table.locator(".row input").all():
        box.check()
    assert sent == []
    assert table.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]


def _named(request: Request) -> str:
    return f"{request.method} {request.url}"


def test_no_way_to_a_visit_stands_beside_a_warning(table: Page) -> None:
    for width in (PHONE, 1280):
        table.set_viewport_size({"width": width, "height": 844})
        outside_menu = table.locator("a[href^='/book/']").filter(visible=True)
        expect(outside_menu.locator("xpath=self::*[not(ancestor::footer)]")).to_have_count(0)


@pytest.mark.parametrize("chosen", [(), (3,), (5, 0), (8, 4, 2)])
def test_every_state_is_accessible_and_fits(
    site: Site, open_page: OpenPage, chosen: tuple[int, ...]
) -> None:
    page = open_page(height=TALL)
    page.goto(site.url + PATH)
    for number in chosen:
        page.locator(".felt input").nth(number).check()
    assert faults(page, PATIENTS, height=TALL) == []


def test_it_fits_at_twice_the_text_size(table: Page) -> None:
    table.set_viewport_size({"width": 320, "height": 640})
    dress(table, "html { font-size: 2.125rem }")
    felt(table, "Headache")
    assert table.evaluate(NO_SIDEWAYS)


def test_without_script_the_whole_table_can_be_read(site: Site, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site.url + PATH)
    expect(page.locator("input:not([type=search])")).to_have_count(0)
    page.get_by_role("link", name="Sore at the spot").tap()
    expect(page).to_have_url(f"{site.url}{PATH}#sore")
    expect(page.locator("#sore")).to_be_in_viewport()
    assert page.locator(".row").filter(visible=True).count() == 14
    expect(page.locator(".help-bar").get_by_role("link", name="Call 9-1-1")).to_be_in_viewport()


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("is_ticked", [False, True])
def test_it_prints_on_one_sheet(table: Page, paper: str, is_ticked: bool) -> None:
    if is_ticked:
        felt(table, "Headache")
    printed = table.pdf(format=paper, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type */Page\b", printed)) == 1


def test_paper_has_the_whole_table_the_phone_and_the_way_back(table: Page) -> None:
    felt(table, "Headache")
    table.emulate_media(media="print")
    assert table.locator(".row").filter(visible=True).count() == 14
    expect(table.locator(".page-body address a").filter(visible=True)).to_have_count(1)
    expect(table.get_by_role("img", name="Code that leads to this page")).to_be_visible()
    expect(table.locator(".back-here p")).to_contain_text(PATH)
