"""The first view in a real browser: one request before it, nothing moves, the next page is fetched ahead."""

import re
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Request

from tests.browsing import OpenPage
from tests.looking import SHIFTS
from tests.serving import Site

UNLISTED = ("/book/", "/search/?q=knee")
ALLOWED = ("/static/js/", "/static/img/mark")
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAINTED = """new Promise(done => new PerformanceObserver(list => {
  if (list.getEntriesByName('first-contentful-paint').length) done();
}).observe({type: 'paint', buffered: true}))"""
DELIVERY = "performance.getEntriesByType('navigation')[0].deliveryType"
BLOCKING = """performance.getEntriesByType('resource')
  .filter(one => one.renderBlockingStatus === 'blocking').map(one => one.name)"""


@pytest.fixture(scope="module")
def paths(site: Site) -> list[str]:
    """Every page that patients read, as the sitemap has them, and those that it leaves out."""
    with urlopen(f"{site.url}/sitemap-1.xml", timeout=30) as answer:
        found = re.findall(r"<loc>[^<]*?//[^/]*([^<]*)</loc>", answer.read().decode())
    return [*found, *UNLISTED]


def test_nothing_is_waited_for_nothing_moves_and_only_icon_and_scripts_are_asked_for(
    site: Site, page: Page, paths: list[str]
) -> None:
    page.add_init_script(SHIFTS)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    faults = {}
    for path in paths:
        page.goto(site.url + path, wait_until="load")
        page.wait_for_function(PAINTED)
        page.mouse.wheel(0, 4000)
        page.evaluate(TWO_FRAMES)
        if found := page.evaluate(BLOCKING):
            faults[path] = found
        if shift := page.evaluate("shift"):
            faults[path] = shift
    assert (len(paths) > 15, faults) == (True, {})
    others = {one.url.removeprefix(site.url) for one in asked if one.resource_type != "document"}
    assert {one for one in others if not one.startswith(ALLOWED)} == set()


def test_the_next_page_is_there_when_it_is_tapped(site: Site, open_page: OpenPage) -> None:
    page = open_page(width=1280)
    page.goto(site.url + "/first-session/")
    link = page.locator(".crumbs a").first
    with page.context.expect_event("requestfinished", is_home):
        link.hover()
    link.click()
    page.wait_for_url(site.url + "/")
    assert page.evaluate(DELIVERY) == "navigational-prefetch"
    assert page.context.cookies() == []


def is_home(request: Request) -> bool:
    return urlsplit(request.url).path == "/"
