"""What staff do every day, in few taps on a phone: correct a sentence, sign a page off, answer an enquiry."""

import re

from playwright.sync_api import expect

from tests.browser.desk import PASSWORD, Desk, SignedIn, open_once_it_reads
from tests.browser.patients import arrives, inbox
from tests.browser.taps import Taps
from tests.browsing import OpenPage


def test_a_sentence_is_corrected_and_published(desk: Desk, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{desk.site.url}/admin/")
    with Taps("Sign in, correct a sentence and publish", most=6) as taps:
        taps.type(page.get_by_label("Username"), "anna")
        taps.type(page.get_by_label("Password"), PASSWORD)
        taps.tap(page.get_by_role("button", name="Log in"))
        taps.tap(page.get_by_role("link", name="Change a page"))
        taps.tap(page.get_by_role("link", name="How we write and check this site"))
        taps.type(page.get_by_role("textbox", name="Text", exact=True), "We write in plain words.")
        taps.tap(page.get_by_role("button", name="Publish now"))
        expect(page.get_by_text("Patients read it now.")).to_be_visible()
    open_once_it_reads(page, desk.public("how-we-write"), "We write in plain words.")


def test_a_page_is_signed_off(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("ben")
    page.goto(f"{desk.site.url}/admin/")
    with Taps("Sign a page off", most=4) as taps:
        taps.tap(page.get_by_role("link", name="Sign pages off"))
        waiting = page.locator(".shelf li").filter(has_not_text="to confirm")
        taps.tap(waiting.get_by_role("link").first)
        taps.tap(page.get_by_label("I have read these words"))
        taps.tap(page.get_by_role("button", name="Sign these words"))
        expect(page.get_by_text("by Ben Sample").first).to_be_visible()


def test_an_enquiry_is_answered_by_mail(desk: Desk, signed_in: SignedIn) -> None:
    desk.ask("INSERT OR REPLACE INTO enquiries_replyway (id, through_the_site) VALUES (1, 1)")
    arrives(desk, "Tim Taps", email="tim@example.ca")
    page = signed_in("anna")
    page.goto(inbox(desk))
    with Taps("Answer an enquiry by mail", most=3) as taps:
        taps.tap(page.get_by_role("link", name="Tim Taps"))
        taps.tap(page.get_by_text(re.compile("^Write to")))
        expect(page.get_by_label("Your answer")).to_have_value(re.compile("Hello Tim Taps"))
        taps.tap(page.get_by_role("button", name="Send", exact=True))
        expect(page.get_by_text("On its way to tim@example.ca.")).to_be_visible()
