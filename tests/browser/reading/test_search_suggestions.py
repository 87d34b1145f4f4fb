"""Suggestions while somebody types, by keyboard and by touch; and the menu with its search."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browsing import OpenPage, Watch
from tests.looking import PATIENTS, faults
from tests.serving import Site

FIELD = "main input[name=q]"
OPTIONS = "main .suggestions [role=option]"


@pytest.fixture
def asked(page: Page) -> Iterator[list[str]]:
    """What the page asks for beside itself."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            found.append(request.url)

    page.on("request", note)
    yield found
    page.remove_listener("request", note)


def test_one_request_serves_all_that_is_typed(site: Site, page: Page, asked: list[str]) -> None:
    page.goto(site.url)
    assert asked == []
    page.locator(FIELD).click()
    page.locator(FIELD).press_sequentially("tennis")
    expect(page.locator(OPTIONS).first).to_contain_text("Tennis elbow")
    page.locator(FIELD).fill("siatica")
    expect(page.locator(OPTIONS)).to_have_text(re.compile("Sciatica and piriformis syndrome"))
    assert asked == [f"{site.url}/search/suggestions/"]


def test_arrows_choose_enter_goes_there_and_escape_closes(site: Site, page: Page) -> None:
    page.goto(site.url)
    field = page.locator(FIELD)
    field.press_sequentially("elbow")
    expect(page.locator(OPTIONS)).not_to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    chosen = page.locator(f"{OPTIONS}[aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    field.press("Escape")
    expect(page.locator("main .suggestions")).to_be_hidden()
    expect(field).to_have_value("elbow")
    field.press("ArrowDown")
    field.press("ArrowDown")
    words = page.locator(f"{OPTIONS}[aria-selected=true]").inner_text()
    field.press("Enter")
    page.wait_for_url(re.compile("/conditions/(tennis|golfers)-elbow/"))
    assert words.split("\n")[0] in page.title() or "elbow" in page.title().lower()


def test_enter_without_a_choice_searches_at_an_address_that_can_be_shared(
    site: Site, page: Page
) -> None:
    page.goto(site.url)
    page.locator(FIELD).press_sequentially("elbow")
    expect(page.locator(OPTIONS)).not_to_have_count(0)
    page.locator(FIELD).press("Enter")
    page.wait_for_url(f"{site.url}/search/?q=elbow")
    page.goto(page.url)
    expect(page.locator(".search-results")).to_contain_text("Tennis elbow")


def test_a_tap_goes_there(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/search/?q=knee")
    page.locator(FIELD).fill("does it hurt")
    page.locator(OPTIONS).first.tap()
    page.wait_for_url(f"{site.url}/faq/#does-it-hurt")


def test_the_open_list_is_accessible_and_moves_nothing(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/search/")
    below = page.locator(".ways-on").bounding_box()
    page.locator(FIELD).press_sequentially("neck")
    expect(page.locator(OPTIONS)).not_to_have_count(0)
    page.locator(FIELD).press("ArrowDown")
    assert page.locator(".ways-on").bounding_box() == below
    assert faults(page, PATIENTS, context="main form") == []


def test_without_the_list_the_search_works_as_it_does_without_script(
    site: Site, page: Page, watch: Watch
) -> None:
    watch.expect("503")
    page.route("**/search/suggestions/", lambda route: route.fulfill(status=503))
    page.goto(site.url)
    page.locator(FIELD).press_sequentially("elbow")
    page.locator(FIELD).press("Enter")
    page.wait_for_url(f"{site.url}/search/?q=elbow")


def test_the_menu_searches_by_a_button_and_escape_closes_it(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/safety/")
    menu = page.locator("header summary")
    menu.tap()
    page.locator("header input[name=q]").press_sequentially("knee")
    expect(page.locator("header [role=option]")).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("header .suggestions")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("header nav[aria-label='All pages']")).to_be_hidden()
    expect(menu).to_be_focused()
    menu.press("Enter")
    button = page.locator("header form button")
    assert (button.bounding_box() or {"height": 0})["height"] >= 47.5
    button.tap()
    page.wait_for_url(f"{site.url}/search/?q=knee")


def test_the_menu_has_its_button_without_script_and_on_a_wide_screen(
    site: Site, open_page: OpenPage
) -> None:
    for width in (320, 1280):
        page = open_page(width=width, java_script_enabled=False)
        page.goto(f"{site.url}/safety/")
        page.locator("header summary").click()
        expect(page.locator("header form button")).to_be_visible()
