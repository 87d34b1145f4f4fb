"""The first screen of the home page on a phone: what this is, a search, and four large ways on, above the bar."""

from playwright.sync_api import Page, expect

from tests.serving import Site

DOORS = ["/conditions/", "/safety/", "/first-session/", "/is-this-normal/"]
BOTTOM = "element => element.getBoundingClientRect().bottom"
TOP = "element => element.getBoundingClientRect().top"


def test_search_and_four_doors_stand_above_the_bar(site: Site, page: Page) -> None:
    page.goto(site.url)
    bar = page.locator(".contact-bar").evaluate(TOP)
    doors = page.locator(".start-doors dt a")
    assert [one.get_attribute("href") for one in doors.all()] == DOORS
    assert page.locator("main input[type=search]").evaluate(BOTTOM) < bar
    assert max(one.evaluate(BOTTOM) for one in doors.all()) <= bar


def test_the_whole_door_is_the_link(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.locator(".start-doors dd").nth(1).click(force=True)
    page.wait_for_url(f"{site.url}/safety/")


def test_asking_for_a_visit_stands_once_as_a_button(site: Site, page: Page) -> None:
    page.goto(site.url)
    expect(page.locator("main .btn[href='/book/']")).to_have_count(0)
    expect(page.locator(".contact-bar .btn[href='/book/']")).to_be_visible()


def test_the_search_of_the_home_page_searches(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.locator("main input[type=search]").fill("tennis elbow")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/search/?q=tennis+elbow")
