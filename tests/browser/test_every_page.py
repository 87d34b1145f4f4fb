"""Every page in a real browser: accessible, within the screen, quiet, and valid."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browsing import OpenPage, Watch
from tests.looking import NO_SIDEWAYS, PATIENTS, PHONE, UNFOLD, dress, faults
from tests.serving import Site
from tests.valid_html import html_errors

PAGES = (
    "/ /what-is-ims/ /conditions/ /benefits/ /is-it-for-me/ /first-session/ /how-often/ /aftercare/ "
    "/is-this-normal/ /visit-sheet/ "
    "/conditions/shoulder-pain/ /conditions/headaches-and-migraines/ "
    "/safety/ /faq/ /glossary/ /clinic/ /book/ /how-we-write/ /privacy/ /accessibility/ /no-such-page/ "
    "/search/ /search/?q=blood+thiners /search/?q=chest+pain"
).split()
FAINT = ("#888", "#666")  # 3.4 and 5.5 to 1 on paper, 5.2 and 3.2 in the dark
TALL = 12_000  # pixels: all of a page, with the bar at its foot and not over a link


@pytest.mark.timeout(300)  # every page, in two lights and three widths
def test_every_page_is_accessible_and_fits_the_screen(
    site: Site, open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("404")
    page, found = open_page(height=TALL), {}
    for path in PAGES:
        page.goto(site.url + path)
        page.evaluate(UNFOLD)
        found[path] = faults(page, PATIENTS, height=TALL)
    assert {path: told for path, told in found.items() if told} == {}


def test_the_open_menu_is_accessible_and_fits_the_screen(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/faq/")
    page.locator("header summary").tap()
    assert faults(page, PATIENTS, widths=(320, PHONE), context="header") == []


@pytest.mark.parametrize("colour", FAINT)
def test_words_that_are_too_faint_are_found(site: Site, page: Page, colour: str) -> None:
    page.goto(f"{site.url}/safety/")
    dress(page, f".lede {{ color: {colour} }}")
    found = [one for one in faults(page, PATIENTS, widths=(PHONE,)) if "color-contrast" in one]
    assert [one.split()[1] for one in found] == ["light", "dark"]


def test_every_page_fits_the_screen_at_twice_the_text_size(
    site: Site, open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("404")
    page = open_page(width=320)
    sideways = []
    for path in (*PAGES, "/conditions/mommy-thumb/"):
        page.goto(site.url + path)
        dress(page, "html { font-size: 2.125rem }")
        if not page.evaluate(NO_SIDEWAYS):
            sideways.append(path)
    assert sideways == []


def test_every_page_asks_for_nothing_before_its_first_view(
    site: Site, open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("404")
    page = open_page(java_script_enabled=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    for path in PAGES:
        page.goto(site.url + path)
    assert set(asked) <= {"document", "other", "image"}


def test_every_page_is_valid_html(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    pages = {path: page.request.get(site.url + path).text() for path in PAGES}
    assert html_errors(pages, tmp_path) == []
