"""A word of the glossary explains itself where it stands; without script or connection its link leads there."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import OpenPage, Watch
from tests.looking import PATIENTS, PHONE, faults
from tests.serving import Site

BOX = ".explained"


@pytest.fixture
def word(site: Site, page: Page) -> Page:
    page.goto(f"{site.url}/how-often/")
    return page


def test_a_tap_explains_the_word_in_place(site: Site, word: Page) -> None:
    word.get_by_role("link", name="severity").tap()
    box = word.get_by_role("dialog", name="Severity")
    expect(box).to_contain_text("How bad something is.")
    expect(box).to_be_in_viewport(ratio=1)
    expect(box).to_be_focused()
    assert word.url == f"{site.url}/how-often/"
    word.keyboard.press("Escape")
    expect(word.locator(BOX)).to_be_hidden()
    expect(word.get_by_role("link", name="severity")).to_be_focused()


def test_it_works_by_keyboard_and_leads_on(site: Site, word: Page) -> None:
    word.get_by_role("link", name="ergonomics").focus()
    word.keyboard.press("Enter")
    word.locator(BOX).get_by_role("link", name="All words").click()
    expect(word).to_have_url(f"{site.url}/glossary/#ergonomics")


def test_a_word_at_the_edge_is_explained_within_the_screen(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{site.url}/what-is-ims/")
    for name in ("musculoskeletal", "filiform needles"):
        page.get_by_role("link", name=name).first.tap()
        expect(page.locator(BOX)).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")


def test_without_script_the_link_leads_to_the_word(site: Site, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site.url}/how-often/")
    page.get_by_role("link", name="severity").tap()
    expect(page.locator("#severity")).to_be_in_viewport()


def test_where_the_glossary_cannot_be_read_the_link_leads_there(
    site: Site, word: Page, watch: Watch
) -> None:
    watch.expect("Failed to load resource")
    word.route("**/glossary/", lambda route: route.fulfill(status=503), times=1)
    word.get_by_role("link", name="severity").tap()
    expect(word).to_have_url(f"{site.url}/glossary/#severity")


def test_the_open_box_is_accessible_and_fits(word: Page) -> None:
    word.get_by_role("link", name="severity").tap()
    expect(word.locator(BOX)).to_be_visible()
    assert faults(word, PATIENTS, widths=(320, PHONE), context=BOX) == []
