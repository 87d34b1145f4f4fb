"""Every page of the editor: nothing that the policy forbids, nothing that axe finds, nothing wider than a phone."""

from playwright.sync_api import Route, expect

from tests.browser.desk import Desk, SignedIn
from tests.browsing import Watch
from tests.looking import DESK, NO_SIDEWAYS, PHONE, dress, faults

OF_A_PAGE = ("change", "history", "compare", "address", "links", "withdraw")
OF_ALL = (
    "",
    "pages/page/",
    "pages/page/add/",
    "pages/page/scheduled/",
    "content_sync/conflict/",
    "redirects/redirect/",
    "redirects/redirect/add/",
)
PATHS = ("safety", "how-often", "home", "faq/cost", "conditions/tennis-elbow", "book", "clinic")
PLACES = """[...document.querySelectorAll("#content :is(button, input, textarea)")].filter(one => one.checkVisibility())
  .map(one => [one.innerText, one.getBoundingClientRect().top + scrollY])"""
OUR_SCRIPTS = "**/admin_site/pages/*.js"
LISTEN = (
    "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective))"
)


def addresses(desk: Desk) -> list[str]:
    number = desk.ask("SELECT max(id) FROM pages_revision")[0][0]
    page = desk.ask("SELECT page_id FROM pages_revision WHERE id = ?", number)[0][0]
    compare = f"{desk.site.url}/admin/pages/page/{page}/compare/?old={number}&new={number}"
    one_page = [desk.url(name, "safety") for name in OF_A_PAGE if name != "compare"]
    editors = [desk.url("change", path) for path in PATHS if path != "safety"]
    return [compare, *one_page, *editors, *(f"{desk.site.url}/admin/{path}" for path in OF_ALL)]


def test_every_page_of_the_editor_is_calm(desk: Desk, signed_in: SignedIn, watch: Watch) -> None:
    page = signed_in("anna")
    page.add_init_script(LISTEN)
    found = {}
    for address in addresses(desk):
        page.goto(address, wait_until="networkidle" if "/change/" in address else "load")
        found[address] = faults(page, widths=(PHONE, DESK))
    assert {address: told for address, told in found.items() if told} == {}
    assert watch.unexpected() == []


def test_every_page_of_the_editor_serves_large_text(desk: Desk, signed_in: SignedIn) -> None:
    page, sideways = signed_in("anna"), list[str]()
    for address in addresses(desk):
        page.goto(address, wait_until="networkidle" if "/change/" in address else "load")
        dress(page, "html { font-size: 200% !important }")
        for width in (320, PHONE):
            page.set_viewport_size({"width": width, "height": 844})
            if not page.evaluate(NO_SIDEWAYS):
                sideways.append(f"{address} at {width}")
    assert sideways == []


def test_nothing_moves_under_the_finger_when_the_editor_opens(
    desk: Desk, signed_in: SignedIn
) -> None:
    page, late = signed_in("anna"), list[Route]()
    page.route(OUR_SCRIPTS, lambda route: late.append(route))
    page.goto(desk.url("change", "safety"), wait_until="commit")
    expect(page.get_by_role("button", name="Publish now")).to_be_visible()
    at_first = page.evaluate(PLACES)
    for script in late:
        script.continue_()
    expect(page.get_by_text("Nothing keeps this from going live")).to_be_visible()
    assert page.evaluate(PLACES) == at_first


def test_what_opens_in_the_editor_is_calm_too(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.add_init_script(LISTEN)
    page.goto(desk.url("change", "safety"), wait_until="networkidle")
    for name in ("Link", "Image", "Point", "Call-out", "Source", "Card"):
        page.get_by_role("button", name=name, exact=True).tap()
        assert faults(page, widths=(PHONE,)) == []
        page.keyboard.press("Escape")
    page.locator("#id_body").fill("Needling cures pain in three sessions.")
    page.get_by_role("button", name="Use that wording").wait_for()
    assert faults(page, widths=(PHONE,)) == []
    page.get_by_role("button", name="Preview").tap()
    page.locator(".seeing-frame iframe:not(.arriving)").wait_for()
    assert faults(page, widths=(PHONE,)) == []
