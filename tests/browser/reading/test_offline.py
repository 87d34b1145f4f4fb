"""Pages without a connection: those for everybody and those that were read, with their date; nothing of the form."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browsing import OpenPage, Watch
from tests.serving import Site

KEPT = "async () => (await (await caches.open('pages-1')).keys()).map(one => new URL(one.url).pathname)"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
WHOLE = (
    "() => caches.open('pages-1').then((cache) => cache.keys())"
    ".then((all) => all.some((one) => one.url.includes('/js/symptoms')))"
)


def kept(page: Page) -> list[str]:
    paths: list[str] = page.evaluate(KEPT)
    return paths


@pytest.fixture
def phone(clinic_site: Site, open_page: OpenPage, watch: Watch) -> Page:
    """A phone on which the site has been open for a moment."""
    watch.expect("ERR_INTERNET_DISCONNECTED")
    page = open_page()
    page.goto(f"{clinic_site.url}/how-often/")
    page.wait_for_function(CONTROLLED)
    page.wait_for_function(WHOLE)
    return page


def without_connection(page: Page) -> BrowserContext:
    page.context.set_offline(True)
    return page.context


def test_a_page_for_everybody_is_there_with_its_date_and_the_phone(
    clinic_site: Site, phone: Page
) -> None:
    without_connection(phone)
    phone.goto(f"{clinic_site.url}/is-this-normal/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    note = phone.get_by_role("region", name="No connection")
    expect(note).to_contain_text("This is a copy from")
    expect(note.get_by_role("link")).to_have_attribute("href", "tel:+16045554242")
    expect(phone.get_by_role("checkbox").first).to_be_visible()  # the script that ticks works, too


def test_what_was_read_is_there_and_the_rest_says_what_is(clinic_site: Site, phone: Page) -> None:
    phone.goto(f"{clinic_site.url}/conditions/tennis-elbow/")
    phone.wait_for_function("() => caches.match('/conditions/tennis-elbow/').then(Boolean)")
    without_connection(phone)
    phone.goto(f"{clinic_site.url}/benefits/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("You have no connection")
    phone.goto(f"{clinic_site.url}/conditions/tennis-elbow/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tennis elbow")


def test_with_a_connection_no_copy_is_shown(clinic_site: Site, phone: Page) -> None:
    phone.goto(f"{clinic_site.url}/safety/")
    expect(phone.locator("[data-copy]")).to_have_count(0)


def test_form_search_and_staffs_pages_are_never_kept(clinic_site: Site, phone: Page) -> None:
    for path in ("/book/", "/book/question/", "/search/?q=heart", "/admin/login/"):
        phone.goto(f"{clinic_site.url}{path}")
    phone.goto(f"{clinic_site.url}/faq/")
    phone.wait_for_function("() => caches.match('/faq/').then(Boolean)")
    assert [path for path in kept(phone) if path.startswith(("/book", "/search", "/admin"))] == []


def test_no_more_than_forty_pages_beside_those_for_everybody(
    clinic_site: Site, phone: Page
) -> None:
    phone.evaluate(
        "async () => { const cache = await caches.open('pages-1');"
        "for (let at = 0; at < 60; at += 1) { await cache.put(`/old-${at}/`, new Response('old')); } }"
    )
    phone.goto(f"{clinic_site.url}/faq/")
    phone.wait_for_function("() => caches.match('/old-0/').then((one) => !one)")
    phone.wait_for_function(f"() => ({KEPT})().then((all) => all.length < 80)")
    assert "/safety/" in kept(phone)
    assert "/old-59/" in kept(phone)


def test_what_was_read_is_forgotten_when_asked_to(clinic_site: Site, phone: Page) -> None:
    phone.goto(f"{clinic_site.url}/conditions/tennis-elbow/")
    phone.wait_for_function("() => caches.match('/conditions/tennis-elbow/').then(Boolean)")
    phone.goto(f"{clinic_site.url}/privacy/")
    phone.get_by_role("button", name="Forget the pages I read").click()
    expect(phone.get_by_text("Forgotten.")).to_be_visible()
    assert "/conditions/tennis-elbow/" not in kept(phone)
    assert "/safety/" in kept(phone)


def test_switched_off_it_goes_from_each_device_that_comes_by(
    clinic_site: Site, phone: Page
) -> None:
    """The script that then stands at the worker's address, as the browser finds it there."""
    script = phone.request.get(f"{clinic_site.url}/static/js/service-worker-off.js").text()
    phone.context.route(
        "**/service-worker.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    phone.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    phone.wait_for_function(
        "() => navigator.serviceWorker.getRegistrations().then((all) => !all.length)"
    )
    phone.wait_for_function("() => caches.keys().then((all) => !all.length)")
