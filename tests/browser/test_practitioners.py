"""The page about the people who treat patients in a real browser: accessible, and within the screen."""

from tests.browser.test_every_page import TALL
from tests.browsing import OpenPage
from tests.looking import PATIENTS, faults
from tests.serving import Site


def test_the_page_is_accessible_and_fits_the_screen(peopled: Site, open_page: OpenPage) -> None:
    page = open_page(height=TALL)
    page.goto(f"{peopled.url}/practitioners/")
    assert page.get_by_role("heading", level=2).count() == 4
    assert faults(page, PATIENTS, height=TALL) == []


def test_the_contact_page_leads_to_a_person_and_on_to_the_register(
    peopled: Site, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{peopled.url}/clinic/")
    page.locator("main").get_by_role("link", name="Who treats you").click()
    page.get_by_role("link", name="C. Third", exact=True).click()
    assert page.get_by_role("heading", name="C. Third").is_visible()
    register = page.get_by_role("link", name="C. Third in the public register")
    assert register.get_attribute("href") == "https://register.example.ca/1"
