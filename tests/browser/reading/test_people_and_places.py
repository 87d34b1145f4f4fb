"""The pages of the clinic's people and places in a real browser: accessible, within the screen, and within two taps."""

import pytest

from tests.browser.reading.test_every_page import TALL
from tests.browsing import OpenPage
from tests.looking import NO_SIDEWAYS, PATIENTS, UNFOLD, dress, faults
from tests.serving import Site

PAGES = (
    *("/", "/clinic/", "/clinic/main-street/", "/clinic/harbour/"),
    *("/welcome/fa/", "/welcome/fr/"),  # one of each direction
    *("/practitioners/", "/practitioners/anna-lee/", "/first-session/", "/conditions/knee-pain/"),
    "/practitioners/bartholomew-constantinopoulos-featherstonehaugh/",
    "/book/?with=bartholomew-constantinopoulos-featherstonehaugh&at=harbour",
)


@pytest.mark.timeout(240)  # ten pages, in two lights and three widths
def test_every_page_that_names_them_is_accessible_and_fits_the_screen(
    peopled: Site, open_page: OpenPage
) -> None:
    page, found = open_page(height=TALL), {}
    for path in PAGES:
        page.goto(peopled.url + path)
        page.evaluate(UNFOLD)
        found[path] = faults(page, PATIENTS, height=TALL)
    assert {path: told for path, told in found.items() if told} == {}


def test_none_is_wider_than_the_screen_at_twice_the_text_size(
    peopled: Site, open_page: OpenPage
) -> None:
    page, sideways = open_page(width=320), []
    for path in PAGES:
        page.goto(peopled.url + path)
        dress(page, "html { font-size: 2.125rem }")
        if not page.evaluate(NO_SIDEWAYS):
            sideways.append(path)
    assert sideways == []


def test_the_contact_page_leads_to_a_person_and_on_to_the_register(
    peopled: Site, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{peopled.url}/clinic/")
    page.locator("main").get_by_role("link", name="Who treats you").click()
    page.locator("h2").get_by_role("link", name="Chen Wei").click()
    assert page.get_by_role("heading", name="Chen Wei", level=1).is_visible()
    register = page.get_by_role("link", name="Chen Wei in the public register")
    assert register.get_attribute("href") == "https://register.example.ca/3"


def test_on_paper_everything_about_who_pays_is_open(peopled: Site, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{peopled.url}/clinic/")
    asked = page.get_by_text("do you hold a contract with WorkSafeBC?")
    assert not asked.is_visible()
    page.emulate_media(media="print")
    assert asked.is_visible()
