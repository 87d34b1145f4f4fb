"""Every page of the editor: nothing that the policy forbids, nothing that axe finds, nothing wider than a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.desk import Desk, SignedIn
from tests.browsing import Watch

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
LISTEN = (
    "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective))"
)
LOOKS = [(390, False), (1280, True)]
OTHER_LOOKS = [(390, True), (1280, False)]
# Its preload puts a style into a page whose styles @import others, which the policy forbids.
AXE = {"iframes": False, "preload": False}


def addresses(desk: Desk) -> list[str]:
    number = desk.ask("SELECT max(id) FROM pages_revision")[0][0]
    page = desk.ask("SELECT page_id FROM pages_revision WHERE id = ?", number)[0][0]
    compare = f"{desk.site.url}/admin/pages/page/{page}/compare/?old={number}&new={number}"
    one_page = [desk.url(name, "safety") for name in OF_A_PAGE if name != "compare"]
    editors = [desk.url("change", path) for path in PATHS if path != "safety"]
    return [compare, *one_page, *editors, *(f"{desk.site.url}/admin/{path}" for path in OF_ALL)]


def faults_of(page: Page, address: str) -> list[str]:
    page.goto(address, wait_until="networkidle")
    found = Axe().run(page, options=AXE).response["violations"]
    faults = [f"{address}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return faults + ([f"{address}: {width} px too wide"] if width > 0 else [])


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_every_page_of_the_editor_is_calm(
    desk: Desk, signed_in: SignedIn, watch: Watch, width: int, dark: bool
) -> None:
    page = signed_in("anna", width=width, dark=dark)
    page.add_init_script(LISTEN)
    faults = [fault for address in addresses(desk) for fault in faults_of(page, address)]
    assert faults + watch.unexpected() == []


@pytest.mark.parametrize(("width", "dark"), OTHER_LOOKS)
def test_the_editor_and_the_history_are_calm_in_the_other_looks(
    desk: Desk, signed_in: SignedIn, watch: Watch, width: int, dark: bool
) -> None:
    page = signed_in("anna", width=width, dark=dark)
    page.add_init_script(LISTEN)
    some = [desk.url("change", "how-often"), desk.url("history", "safety")]
    faults = [fault for address in some for fault in faults_of(page, address)]
    assert faults + watch.unexpected() == []


def test_the_pickers_are_calm_too(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.add_init_script(LISTEN)
    page.goto(desk.url("change", "safety"), wait_until="networkidle")
    for name in ("Link", "Image"):
        page.get_by_role("button", name=name, exact=True).tap()
        found = Axe().run(page, options=AXE).response["violations"]
        assert [one["id"] for one in found] == []
        page.keyboard.press("Escape")
