"""Staff pages in a real browser: no fault of the policy, nothing wider than the screen, light and dark."""

from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD
from tests.browsing import OpenPage, Watch
from tests.looking import DESK, PHONE, faults
from tests.serving import Site
from tests.staff.routes import staff_routes

PATHS = (
    "/admin/",
    "/admin/pages/signoff/",
    "/admin/pages/pagecheck/",
    "/admin/pages/externallink/",
    "/admin/clinic/clinic/1/change/",
    "/admin/clinic/location/",
    "/admin/clinic/location/1/change/",
    "/admin/clinic/closure/add/",
    "/admin/clinic/practitioner/",
    "/admin/clinic/practitioner/add/",
    "/admin/clinic/practitioner/1/change/",
    "/admin/clinic/price/1/change/",
    "/admin/enquiries/enquiry/",
    "/admin/enquiries/enquiry/?with=Anna+Lee&at=Harbour",
    "/admin/enquiries/enquiry/1/change/",
    "/admin/auth/user/",
    "/admin/second-factor/",
    "/admin/second-factor/set-up/",
)
# Lists and forms that Django draws, as they are on a phone.
ON_A_PHONE = (
    "/admin/enquiries/enquiryevent/",
    "/admin/staff/staffevent/",
    "/admin/outbox/outboundemail/",
    "/admin/clinic/price/",
    "/admin/content_sync/conflict/",
    "/admin/auth/user/add/",
    "/admin/clinic/closure/1/delete/",
    "/admin/clinic/closure/1/history/",
    "/admin/sessions/",
)
LISTS_FIT = """[...document.querySelectorAll(".results")].every(one => one.scrollWidth <= one.clientWidth)"""


def sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/admin/")
    page.fill("#id_username", "anna")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")


def test_no_page_of_the_admin_breaks_its_policy(
    peopled: Site, open_page: OpenPage, watch: Watch
) -> None:
    page, shown = open_page(), 0
    sign_in(page, peopled)
    for address in [peopled.url + route.path for route in staff_routes()]:
        answer = page.request.get(address, max_redirects=0)
        if answer.status == 200 and "html" in answer.headers["content-type"]:
            page.goto(address)
            shown += 1
    assert shown > 50
    assert watch.unexpected() == []


def test_staff_pages_are_accessible_and_fit_the_screen(
    peopled: Site, open_page: OpenPage, watch: Watch
) -> None:
    page = open_page(width=DESK)
    sign_in(page, peopled)
    page.goto(f"{peopled.url}/admin/pages/signoff/")
    reading = page.locator(".shelf a").first.get_attribute("href") or ""
    found = {}
    for path in (*PATHS, reading):
        page.goto(peopled.url + path)
        found[path] = faults(page, widths=(PHONE, DESK))
    for path in ON_A_PHONE:
        page.goto(peopled.url + path)
        found[path] = faults(page, widths=(PHONE,))
        found[path] += [] if page.evaluate(LISTS_FIT) else ["a list is cut off"]
    assert {path: told for path, told in found.items() if told} == {}
    assert watch.unexpected() == []
