"""The body map and the list of conditions as one tool: an area is picked, stays lit, and its list alone is shown."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import OpenPage
from tests.looking import PATIENTS, faults
from tests.serving import Site

ARM = ["Tennis elbow", "Golfer’s elbow", "Mommy Thumb"]
PINE = "rgb(14, 77, 69)"


def listed(page: Page) -> list[str]:
    """The names of the conditions that can be seen."""
    return page.locator(".conditions h3:visible").all_inner_texts()


def chip(area: str) -> str:
    return f'.areas-pick .chip[href="#{area}"]'


def test_a_picked_area_shows_its_conditions_alone_below_the_map(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/")
    assert len(listed(page)) > 14
    page.locator(chip("arm-hand")).tap()
    assert listed(page) == ARM
    expect(page.get_by_role("heading", name="Arm and hand")).to_be_in_viewport()
    expect(page.locator(chip("arm-hand"))).to_be_in_viewport()


def test_a_picked_area_stays_lit_on_the_map_and_is_named(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/#arm-hand")
    lit = page.locator('.body-map a[href="#arm-hand"]').first
    expect(lit).to_have_css("fill", PINE)
    expect(page.locator(chip("arm-hand"))).to_have_css("background-color", PINE)
    expect(page.locator(chip("arm-hand"))).to_have_attribute("aria-current", "true")
    expect(page.locator(chip("knee"))).not_to_have_attribute("aria-current", "true")


def test_an_area_is_picked_on_the_figure_itself(site: Site, open_page: OpenPage) -> None:
    page = open_page(width=1280, height=900)
    page.goto(f"{site.url}/conditions/")
    page.locator('.body-map a[href="#foot"] use').first.click()
    assert listed(page) == ["Plantar fasciitis"]


def test_an_area_is_picked_by_keyboard(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/")
    page.locator(chip("knee")).focus()
    page.keyboard.press("Enter")
    assert listed(page) == ["Knee pain, including patellofemoral pain syndrome"]


@pytest.mark.parametrize("anchor", ["foot", "plantar-fasciitis"])
def test_the_address_picks_an_area_without_script(
    site: Site, open_page: OpenPage, anchor: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site.url}/conditions/#{anchor}")
    assert listed(page) == ["Plantar fasciitis"]
    expect(page.locator('.body-map a[href="#foot"]').first).to_have_css("fill", PINE)


def test_all_areas_are_shown_again(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/#foot")
    page.get_by_role("link", name="All areas").tap()
    assert len(listed(page)) > 14


def test_the_whole_body_lights_the_whole_figure(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/#whole-body")
    for area in page.locator(".body-map a").all():
        expect(area).to_have_css("fill", PINE)


@pytest.mark.parametrize("path", ["/conditions/", "/conditions/shoulder-pain/"])
def test_what_is_folded_says_whom_to_call(site: Site, page: Page, path: str) -> None:
    page.goto(site.url + path)
    folded = page.locator(".more-signs > summary")
    expect(folded).to_contain_text("chest, breath or heart")
    expect(page.get_by_text("You cough up blood.")).to_be_hidden()
    folded.tap()
    expect(page.get_by_text("You cough up blood.")).to_be_visible()


def test_the_address_of_more_signs_opens_them(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/shoulder-pain/#more-signs")
    expect(page.get_by_text("You cough up blood.")).to_be_visible()


def test_on_paper_no_sign_stays_folded(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/shoulder-pain/")
    page.emulate_media(media="print")
    expect(page.get_by_text("You cough up blood.")).to_be_visible()


def test_each_level_has_a_large_button_of_its_own(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/shoulder-pain/#more-signs")
    heights = page.locator(".note-button a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 5
    assert min(heights) >= 48


def test_a_picked_area_is_accessible_and_fits_and_asks_for_nothing(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/conditions/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator(chip("arm-hand")).tap()
    assert listed(page) == ARM
    assert faults(page, PATIENTS, context=".areas") == []
    assert sent == []
