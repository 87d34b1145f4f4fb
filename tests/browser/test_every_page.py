"""Every page in a real browser: accessible, within the screen, quiet, and valid."""

from pathlib import Path

import pytest

from tests.browsing import OpenPage, Watch
from tests.looking import NO_SIDEWAYS, PATIENTS, PHONE, UNFOLD, dress, faults
from tests.serving import Site
from tests.valid_html import html_errors

PAGES = (
    "/ /what-is-ims/ /conditions/ /benefits/ /is-it-for-me/ /first-session/ /how-often/ /aftercare/ "
    "/safety/ /faq/ /glossary/ /clinic/ /book/ /how-we-write/ /privacy/ /accessibility/ /no-such-page/ "
    "/search/ /search/?q=blood+thiners /search/?q=chest+pain"
).split()
TALL = 12_000  # pixels: all of a page, with the bar at its foot and not over a link


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_the_screen(
    site: Site, open_page: OpenPage, watch: Watch, path: str
) -> None:
    watch.expect("404")
    page = open_page(height=TALL)
    page.goto(site.url + path)
    page.evaluate(UNFOLD)
    assert faults(page, PATIENTS, height=TALL) == []


@pytest.mark.parametrize("path", ["/", "/faq/", "/book/"])
def test_the_open_menu_is_accessible_and_fits_the_screen(
    site: Site, open_page: OpenPage, path: str
) -> None:
    page = open_page()
    page.goto(site.url + path)
    page.locator("header summary").tap()
    assert faults(page, PATIENTS, widths=(320, PHONE), context="header") == []


@pytest.mark.parametrize(
    ("colours", "found"),
    [
        ("main p { color: #888 }", {"light": 1, "dark": 1}),  # 3.4 to 1 on paper, 5.2 in the dark
        ("main p { color: #666 }", {"light": 1, "dark": 1}),  # 5.5 on paper, 3.2 in the dark
        ("@media (prefers-color-scheme: dark) { main p { color: #999 } }", {"light": 0, "dark": 1}),
    ],
)
def test_words_that_are_too_faint_are_found(
    site: Site, open_page: OpenPage, colours: str, found: dict[str, int]
) -> None:
    page = open_page(height=TALL)
    page.goto(f"{site.url}/safety/")
    dress(page, colours)
    told = faults(page, PATIENTS, widths=(PHONE,), height=TALL)
    assert {
        light: sum(f" {light} color-contrast" in one for one in told) for light in found
    } == found


def test_every_page_fits_the_screen_at_twice_the_text_size(
    site: Site, open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("404")
    page = open_page(width=390)
    sideways = []
    for path in PAGES:
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
