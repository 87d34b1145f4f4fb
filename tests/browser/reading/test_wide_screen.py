"""What a wide screen adds: the way to ask for a visit in the header, and a large picture that moves cleanly."""

import pytest
from playwright.sync_api import expect

from tests.browsing import OpenPage
from tests.serving import Site

# Half way through the release, held still; `.point` moves by itself and is left out.
HALF_WAY = """() => {
    document.querySelector('.point').style.display = 'none';
    for (const one of document.getAnimations()) { one.pause(); one.currentTime = 4300; }
    return getComputedStyle(document.querySelector('.strands')).getPropertyValue('--pull');
}"""
LINES = "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
DRAWN_SO = """pull => {
    document.querySelector('.strands').style.cssText = `animation: none; --pull: ${pull}`;
}"""


def test_a_wide_screen_keeps_asking_for_a_visit_in_the_header(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(width=1280, height=900)
    page.goto(f"{site.url}/first-session/")
    page.get_by_role("banner").get_by_role("link", name="Ask for a visit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for a visit")


def test_nothing_in_the_header_leads_away_from_a_form_that_is_being_filled_in(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(width=1280, height=900)
    page.goto(f"{site.url}/book/")
    header = page.get_by_role("banner")
    expect(header.get_by_role("link", name="Search")).to_be_visible()
    expect(header.get_by_role("link", name="Ask for a visit")).to_have_count(0)


@pytest.mark.parametrize("width", [768, 1023, 1024, 1151, 1152, 1280])
def test_the_header_stays_on_one_line(site: Site, open_page: OpenPage, width: int) -> None:
    page = open_page(width=width, height=900)
    page.goto(f"{site.url}/first-session/")
    middles = (
        page.locator(".header .wrap > *")
        .filter(visible=True)
        .evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(box => box.top + box.height / 2)"
        )
    )
    assert max(middles) - min(middles) < 5


@pytest.mark.parametrize("name", ["IMS", "IMS Dry Needling BC", "Example Physiotherapy Clinic"])
def test_the_name_of_the_clinic_and_the_links_keep_to_a_line_each(
    site: Site, open_page: OpenPage, name: str
) -> None:
    page = open_page(width=1152, height=900)
    page.goto(f"{site.url}/first-session/")
    page.locator(".brand span").evaluate("(one, name) => { one.textContent = name }", name)
    page.locator(".header-links a").last.evaluate("one => { one.textContent = 'A longer title' }")
    for width in (1152, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".brand span").evaluate(LINES) < 1.5
        links, first = (
            page.locator(one).first.bounding_box() for one in (".header-links", ".header-links a")
        )
        assert links and first and links["height"] < 64
        assert first["x"] >= links["x"]


def test_all_links_have_room_beside_the_name_of_the_shipped_clinic(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(width=1152, height=900)
    page.goto(f"{site.url}/benefits/")
    page.locator(".brand span").evaluate("one => { one.textContent = 'IMS Dry Needling BC' }")
    tops = page.locator(".header-links a").evaluate_all("all => all.map(one => one.offsetTop)")
    assert (len(tops), len(set(tops))) == (5, 1)


def test_a_link_without_room_comes_into_view_when_the_keyboard_reaches_it(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(width=1152, height=900)
    page.goto(f"{site.url}/safety/")
    page.locator(".brand span").evaluate("one => { one.textContent = 'Example Physiotherapy BC' }")
    last = page.locator(".header-links a").last
    expect(last).not_to_be_in_viewport()
    page.locator(".header-links a").nth(3).focus()
    page.keyboard.press("Tab")
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport(ratio=0.95)


def test_the_moving_fibres_are_drawn_as_cleanly_as_still_ones(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(width=1280, height=900)
    page.emulate_media(reduced_motion="no-preference")
    page.goto(site.url)
    pull = page.evaluate(HALF_WAY)
    assert 0.45 < float(pull) < 1
    moving = page.locator(".fibres").screenshot()
    page.evaluate(DRAWN_SO, pull)
    assert page.locator(".fibres").screenshot() == moving
