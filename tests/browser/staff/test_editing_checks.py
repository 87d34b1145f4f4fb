"""Claims, links and style are looked over while staff write; a claim goes live by an owner's reason alone."""

from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, SignedIn, open_once_it_reads
from tests.browsing import Watch
from tests.looking import PHONE, faults

TEXT = "#id_body"
CHECKS = "[data-checks-url]"


def writes(page: Page, text: str) -> None:
    """Put this in place of the page's text."""
    page.locator(TEXT).fill(text)


def test_a_claim_is_named_while_it_is_written_and_gone_with_it(
    desk: Desk, signed_in: SignedIn
) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "faq/how-does-it-work"))
    checks = page.locator(CHECKS)
    expect(checks.get_by_role("status")).to_contain_text("Nothing keeps this from going live")
    writes(page, "It helps.\n\nWe guarantee that it cures you.")
    expect(checks.get_by_role("status")).to_contain_text("keep this from going live")
    expect(checks.get_by_text("Text, line 3").first).to_be_visible()
    writes(page, "It helps some people.")
    expect(checks.get_by_role("status")).to_contain_text("Nothing keeps this from going live")


def test_a_wording_that_passes_is_taken_at_one_tap(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "faq/how-does-it-work"))
    writes(page, "It helps.\n\n**IMS** cures [pain](/faq/).\n\nCall us.")
    page.get_by_role("button", name="Use that wording").first.tap()
    expect(page.locator(TEXT)).to_have_value(
        "It helps.\n\nIMS may ease this pain for a while.\n\nCall us."
    )
    expect(page.locator(CHECKS).get_by_role("status")).to_contain_text("Nothing keeps this")


def test_a_link_that_leads_nowhere_is_named_while_it_is_written(
    desk: Desk, signed_in: SignedIn
) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "faq/how-does-it-work"))
    writes(page, "Read about [it](/no-such-page/).")
    checks = page.locator(CHECKS)
    expect(checks.get_by_text("/no-such-page/").first).to_be_visible()


def test_style_is_advice_with_its_line(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "faq/how-does-it-work"))
    writes(page, "It helps.\n\nFor more, [click here](/safety/).")
    advice = page.locator("[data-checks-advice]")
    advice.locator("summary").tap()
    expect(advice.get_by_text("Text, line 3").first).to_be_visible()
    expect(page.locator(CHECKS).get_by_role("status")).to_contain_text("Nothing keeps this")


def test_a_claim_is_not_published_until_an_owner_gives_a_reason(
    desk: Desk, signed_in: SignedIn, watch: Watch
) -> None:
    watch.expect("422")
    page = signed_in("anna")
    page.goto(desk.url("change", "glossary/trigger-point"))
    writes(page, "A knot that a single visit is guaranteed to cure.")
    page.get_by_role("button", name="Publish now").tap()
    reason = page.get_by_label("Why may these claims go live?")
    expect(reason).to_be_visible()
    expect(page.locator(TEXT)).to_have_value("A knot that a single visit is guaranteed to cure.")
    expect(page.locator(CHECKS).get_by_role("status")).to_contain_text("2 things keep this")
    assert faults(page, widths=(PHONE,)) == []
    reason.fill("Quoted from a leaflet that we discuss.")
    page.get_by_role("button", name="Publish now").tap()
    expect(page.get_by_text("Patients read it now.")).to_be_visible()
    open_once_it_reads(page, desk.public("glossary"), "guaranteed to cure")
