"""Every page in a real browser: accessible, within the screen, quiet, and valid."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browsing import OpenPage, Watch
from tests.looking import PATIENTS, PHONE, UNFOLD, dress, faults
from tests.serving import Site
from tests.valid_html import html_errors

PAGES = (
    "/ /what-is-ims/ /conditions/ /benefits/ /is-it-for-me/ /first-session/ /how-often/ /aftercare/ "
    "/is-this-normal/ /visit-sheet/ "
    "/conditions/shoulder-pain/ /conditions/headaches-and-migraines/ "
    "/safety/ /faq/ /glossary/ /clinic/ /book/ /book/question/ /offline/ "
    "/how-we-write/ /privacy/ /accessibility/ /no-such-page/ "
    "/search/ /search/?q=blood+thiners /search/?q=chest+pain"
).split()
FAINT = ("#888", "#666")  # 3.4 and 5.5 to 1 on paper, 5.2 and 3.2 in the dark
# Width and height of the screen, and how many times the text is enlarged.
SIZES = {
    "200% text": (320, 844, 2),
    "200% text on a wider phone": (390, 844, 2),
    "400% zoom": (320, 256, 1),
    "a phone on its side": (667, 375, 1),
    "small": (320, 568, 1),
}
IN_THE_WAY = """() => {
  const bar = document.querySelector(".contact-bar")?.getBoundingClientRect();
  const root = document.documentElement;
  const isCut = one => one.clientWidth && one.scrollWidth > one.clientWidth + 1;
  const isBroken = (node, word) => {
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
  };
  const broken = [...document.querySelectorAll("main :is(h1, h2, h3)")].flatMap(heading => {
    const walk = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) {
      // longer words take a hyphen
      const words = [...walk.currentNode.data.matchAll(/\\p{L}+/gu)].filter(word => word[0].length < 13);
      found.push(...words.filter(word => isBroken(walk.currentNode, word)).map(word => `${word[0]} is broken`));
    }
    return found;
  });
  const seen = bar ? Math.max(0, Math.min(bar.bottom, innerHeight) - bar.top) / innerHeight : 0;
  return [
    ...(root.scrollWidth > root.clientWidth ? ["sideways"] : []),
    ...(seen > .15 ? [`the bar takes ${seen}`] : []),
    ...broken,
    ...[...document.querySelectorAll("h1, h2, h3, .table-scroll")].filter(isCut).map(one => one.outerHTML.slice(0, 90)),
  ];
}"""
SMALL_NUMBERS = """() => [...document.querySelectorAll("a[href^='tel:']")].filter(one => {
  one.scrollIntoView({ block: "center" });
  const { x, y, width, height } = one.getBoundingClientRect();
  const isAt = (right, down) => {
    const hit = document.elementFromPoint(x + width / 2 + right, y + height / 2 + down);
    return hit && (hit === one || one.contains(hit) || hit.href?.startsWith("tel:"));
  };
  return width && ![[-23, 0], [23, 0], [0, -23], [0, 23]].every(([right, down]) => isAt(right, down));
}).map(one => one.outerHTML)"""
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
    assert faults(page, PATIENTS, context="header") == []


@pytest.mark.parametrize("colour", FAINT)
def test_words_that_are_too_faint_are_found(site: Site, page: Page, colour: str) -> None:
    page.goto(f"{site.url}/safety/")
    dress(page, f".lede {{ color: {colour} }}")
    found = [one for one in faults(page, PATIENTS, widths=(PHONE,)) if "color-contrast" in one]
    assert [one.split()[1] for one in found] == ["light", "dark"]


@pytest.mark.timeout(180)  # every page, in five sizes
def test_every_page_serves_large_text_and_low_screens(
    site: Site, open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("404")
    page, found = open_page(), {}
    for path in (*PAGES, "/conditions/mommy-thumb/"):
        page.goto(site.url + path)
        dress(page, "html { font-size: calc(1.0625rem * var(--times, 1)) !important }")
        page.locator(".brand span").evaluate(
            "name => { name.textContent = 'Cedar Lane Physiotherapy' }"
        )
        told = {
            name: page.evaluate(IN_THE_WAY)
            for name, size in SIZES.items()
            if _resize(page, *size) is None
        }
        found[path] = {name: faults for name, faults in told.items() if faults}
    assert {path: told for path, told in found.items() if told} == {}


def _resize(page: Page, width: int, height: int, times: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("times => document.documentElement.style.setProperty('--times', times)", times)


def test_a_number_to_call_is_large_enough_for_a_finger(
    site: Site, open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("404")
    page, small = open_page(), {}
    for path in PAGES:
        page.goto(site.url + path)
        page.evaluate(UNFOLD)
        small[path] = page.evaluate(SMALL_NUMBERS)
    assert {path: told for path, told in small.items() if told} == {}


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
