"""The first view in a real browser: one request before it, nothing moves, the next page is fetched ahead."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request

from tests.browsing import OpenPage
from tests.serving import Site

PATHS = ("/", "/first-session/", "/faq/", "/book/")
SHIFTS = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { shift += one.value }))
  .observe({type: 'layout-shift', buffered: true});
"""
PAINTED = """new Promise(done => new PerformanceObserver(list => {
  if (list.getEntriesByName('first-contentful-paint').length) done();
}).observe({type: 'paint', buffered: true}))"""
DELIVERY = "performance.getEntriesByType('navigation')[0].deliveryType"
BLOCKING = """performance.getEntriesByType('resource')
  .filter(one => one.renderBlockingStatus === 'blocking').map(one => one.name)"""


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_waited_for_and_nothing_moves(site: Site, page: Page, path: str) -> None:
    page.add_init_script(SHIFTS)
    page.goto(site.url + path)
    page.evaluate(PAINTED)
    page.mouse.wheel(0, 4000)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(BLOCKING) == []
    assert page.evaluate("shift") == 0


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_for_its_icon_and_scripts_alone(site: Site, page: Page, path: str) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(site.url + path, wait_until="networkidle")
    others = {one.url.removeprefix(site.url) for one in asked[1:]}
    assert {
        one for one in others if not one.startswith(("/static/js/", "/static/img/mark"))
    } == set()


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
