"""The first view in a real browser: one request before it, nothing moves, the next page is fetched ahead."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Request

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


@dataclass(frozen=True)
class FirstView:
    """A page that was opened and scrolled: what held it up, how much of it moved, what else it asked for."""

    held_up_by: list[str]
    moved: float
    asked_for: list[str]


@pytest.fixture(scope="module")
def views(site: Site, browser: Browser, paths: list[str]) -> dict[str, FirstView]:
    """Every page on a phone, by its path."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(SHIFTS)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    seen = {}
    for path in paths:
        asked.clear()
        page.goto(site.url + path, wait_until="load")
        page.wait_for_function(PAINTED)
        page.mouse.wheel(0, 4000)
        page.evaluate(TWO_FRAMES)
        others = [
            one.url.removeprefix(site.url) for one in asked if one.resource_type != "document"
        ]
        seen[path] = FirstView(page.evaluate(BLOCKING), page.evaluate("shift"), others)
    context.close()
    return seen


def test_there_are_pages_to_look_at(views: dict[str, FirstView]) -> None:
    assert len(views) > 15


def test_nothing_is_waited_for(views: dict[str, FirstView]) -> None:
    assert {path: one.held_up_by for path, one in views.items() if one.held_up_by} == {}


def test_nothing_moves(views: dict[str, FirstView]) -> None:
    assert {path: one.moved for path, one in views.items() if one.moved} == {}


def test_a_page_asks_for_its_icon_and_scripts_alone(views: dict[str, FirstView]) -> None:
    asked = {one for view in views.values() for one in view.asked_for}
    assert {one for one in asked if not one.startswith(ALLOWED)} == set()
    assert asked


def test_the_next_page_is_there_when_it_is_tapped(site: Site, open_page: OpenPage) -> None:
    page = open_page(width=1280)
    page.goto(site.url + "/first-session/")
    link = page.locator(".breadcrumbs a").first
    with page.context.expect_event("requestfinished", is_home):
        link.hover()
    link.click()
    page.wait_for_url(site.url + "/")
    assert page.evaluate(DELIVERY) == "navigational-prefetch"
    assert page.context.cookies() == []


def is_home(request: Request) -> bool:
    return urlsplit(request.url).path == "/"
