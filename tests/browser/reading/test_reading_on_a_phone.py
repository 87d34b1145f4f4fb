"""What a patient does on a phone: finds, taps, reads, prints; with and without script."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import OpenPage
from tests.serving import Site


def test_from_home_to_tennis_elbow_to_asking_for_a_visit_in_taps(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.get_by_role("link", name="Could it help my pain?").tap()
    page.get_by_role("link", name="Arm and hand", exact=True).tap()
    expect(page.get_by_role("heading", name="Tennis elbow")).to_be_in_viewport()
    page.get_by_role("link", name="Read about it: Tennis elbow").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tennis elbow")
    page.locator(".contact-bar").get_by_role("link", name="Ask for a visit").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for a visit")


@pytest.mark.parametrize(("motion", "is_faded"), [("reduce", False), ("no-preference", True)])
def test_pages_fade_into_each_other_only_where_motion_is_wanted(
    site: Site, page: Page, motion: Literal["reduce", "no-preference"], is_faded: bool
) -> None:
    page.emulate_media(reduced_motion=motion)
    page.add_init_script(
        "addEventListener('pagereveal', (event) => { window.isFaded = event.viewTransition !== null })"
    )
    page.goto(f"{site.url}/safety/")
    page.get_by_role("link", name="Home").first.click()
    expect(page).to_have_url(f"{site.url}/")
    page.wait_for_function("window.isFaded !== undefined")
    assert page.evaluate("window.isFaded") is is_faded


def test_the_address_of_a_question_opens_its_answer(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/faq/#does-it-hurt")
    expect(page.locator("#does-it-hurt")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/faq/", "/conditions/"])
def test_the_address_of_a_place_that_is_cut_short_breaks_no_script(
    site: Site, page: Page, path: str
) -> None:
    faults: list[Exception] = []
    page.on("pageerror", lambda fault: faults.append(fault))  # it marks its handlers, so no method
    page.goto(f"{site.url}{path}#%E0%A4%A")
    page.evaluate("location.hash = '%E0%A4%A1%'")
    page.wait_for_load_state("load")
    assert faults == []


def test_a_link_within_the_page_opens_the_answer_it_names(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/faq/")
    page.evaluate("location.hash = 'is-it-safe'")
    expect(page.locator("#is-it-safe")).to_be_in_viewport()


def test_without_script_every_answer_can_be_read(site: Site, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site.url}/faq/")
    page.get_by_text("Can I drive afterwards?").tap()
    expect(page.locator("#driving")).to_be_visible()


def test_without_script_the_menu_leads_to_every_page(site: Site, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site.url)
    page.get_by_text("Menu", exact=True).tap()
    page.get_by_role("navigation", name="All pages").get_by_role("link", name="Safety").tap()
    expect(page).to_have_url(f"{site.url}/safety/")


def test_calling_and_asking_stay_within_reach(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/first-session/")
    page.mouse.wheel(0, 2500)
    expect(page.get_by_role("link", name="Call", exact=True)).to_be_in_viewport()
    bar = page.get_by_role("navigation", name="Contact")
    expect(bar.get_by_role("link", name="Ask for a visit")).to_be_in_viewport()


def test_the_bar_never_covers_what_has_the_focus(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/safety/")
    covered = page.evaluate(
        """() => {
            const bar = document.querySelector('.contact-bar');
            const hidden = [];
            for (const link of document.querySelectorAll('main a, footer a')) {
                link.focus();
                const box = link.getBoundingClientRect();
                if (box.bottom > bar.getBoundingClientRect().top) hidden.push(link.textContent);
            }
            return hidden;
        }"""
    )
    assert covered == []


def test_the_keyboard_reaches_the_text_past_the_menu(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/safety/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_what_can_be_tapped_is_large_enough(site: Site, page: Page) -> None:
    page.goto(site.url)
    targets = page.locator(".btn, .menu > summary, .brand, .home-links dt a")
    boxes = [one.bounding_box() for one in targets.filter(visible=True).all()]
    small = [box for box in boxes if box and box["height"] < 48]
    assert small == []


def test_the_menu_searches_by_a_button_and_closes_by_escape(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/safety/")
    page.locator(".menu summary").tap()
    page.locator(".menu input").press("Escape")
    expect(page.locator(".menu nav")).to_be_hidden()
    expect(page.locator(".menu summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(".menu input").fill("bruise")
    page.locator(".menu").get_by_role("button", name="Search").tap()
    expect(page).to_have_url(f"{site.url}/search/?q=bruise")


def test_a_list_in_the_text_keeps_its_marks_and_one_column(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/safety/")
    looks = page.locator("main .list").evaluate_all(
        "lists => lists.map(one => [getComputedStyle(one).listStyleType, getComputedStyle(one).columnCount])"
    )
    assert {tuple(look) for look in looks} == {("disc", "auto"), ("decimal", "auto")}


def test_on_paper_every_answer_is_printed(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/faq/")
    page.emulate_media(media="print")
    expect(page.locator("#driving")).to_be_visible()


def test_on_paper_nothing_is_printed_that_only_a_screen_can_use(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/first-session/")
    page.emulate_media(media="print")
    for what in (".contact-bar", ".menu", ".table-of-contents", ".previous-next"):
        expect(page.locator(what)).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        ("/", 1),
        ("/how-often/", 2),
        ("/glossary/", 4),
        ("/conditions/", 2),
        ("/conditions/shoulder-pain/", 3),
    ],
)
def test_a_leaflet_takes_few_sheets(site: Site, page: Page, path: str, sheets: int) -> None:
    page.goto(f"{site.url}{path}")
    printed = page.pdf(format="Letter", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type */Page\b", printed)) == sheets


def test_each_sheet_of_paper_says_whose_page_it_is_and_of_which_day(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/how-often/")
    foot = page.locator(".each-sheet")
    expect(foot).to_be_hidden()
    page.emulate_media(media="print")
    expect(foot).to_contain_text("/how-often/, words of ")
    look = foot.evaluate(
        "one => [getComputedStyle(one).display, getComputedStyle(one).breakInside]"
    )
    assert look == ["table-footer-group", "avoid"]  # what browsers print again on each sheet


def test_on_paper_whom_to_call_stands_once_and_with_the_words(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/how-often/")
    page.emulate_media(media="print")
    numbers = page.locator("address a").filter(visible=True)
    expect(numbers).to_have_count(1)
    expect(page.locator(".page-body").get_by_text("Not for emergencies.")).to_be_visible()


def test_in_forced_colours_a_button_keeps_its_outline(site: Site, open_page: OpenPage) -> None:
    page = open_page(forced_colors="active")
    page.goto(site.url)
    width = page.locator(".search-form .btn").first.evaluate(
        "one => getComputedStyle(one).borderTopWidth"
    )
    assert width != "0px"
