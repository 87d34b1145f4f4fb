"""What happens to a page over time: scheduled, restored, shared, moved, and two people at once."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.desk import Desk, SignedIn, open_once_it_reads
from tests.browsing import OpenPage, Watch
from tests.looking import DESK, PHONE, faults


def test_a_scheduled_change_goes_live_by_itself(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "glossary/acute"))
    page.get_by_role("textbox", name="Text", exact=True).fill("Sudden and short, from Monday on.")
    page.get_by_text("Go live later").tap()
    page.get_by_label("Go live on").fill("2031-01-06T09:00")
    page.get_by_role("button", name="Schedule", exact=True).tap()
    expect(page.get_by_text("6 January 2031, 09:00").first).to_be_visible()
    page.goto(f"{desk.site.url}/admin/pages/page/scheduled/")
    expect(page.get_by_role("link", name="Acute")).to_be_visible()
    page.goto(desk.public("glossary"))
    expect(page.get_by_text("from Monday on")).to_have_count(0)
    soon = datetime.now(UTC) + timedelta(seconds=1)  # as if 2031 were a second away
    desk.ask(
        "UPDATE pages_revision SET publish_at = ? WHERE body LIKE ?",
        soon.strftime("%Y-%m-%d %H:%M:%S.%f"),
        "%from Monday on%",
    )
    open_once_it_reads(page, desk.public("glossary"), "from Monday on")
    expect(page.get_by_text("from Monday on")).to_be_visible()


def test_the_second_editor_is_told_and_takes_a_field_of_each(
    desk: Desk, signed_in: SignedIn, watch: Watch
) -> None:
    watch.expect("409")
    anna, ben = signed_in("anna", width=1280), signed_in("ben")
    for page in (anna, ben):
        page.goto(desk.url("change", "conditions/knee-pain"))
    ben.get_by_label("Summary").fill("Ben's summary of knees.")
    ben.get_by_role("button", name="Publish now").tap()
    expect(ben.get_by_text("Patients read it now.")).to_be_visible()
    anna.get_by_text("Menus, search engines and details").click()
    anna.get_by_label("Other names").fill("runner's knee")
    anna.get_by_label("Summary").fill("Anna's summary of knees.")
    anna.get_by_role("button", name="Publish now").click()
    expect(anna.get_by_role("alert")).to_contain_text("ben saved this page")
    assert faults(anna, widths=(PHONE, DESK)) == []
    summary = anna.get_by_role("group", name="Summary")
    expect(summary.locator("ins")).to_have_text("Anna's")
    summary.get_by_label("Take theirs").check()
    anna.get_by_role("button", name="Put together").click()
    expect(anna.get_by_label("Summary")).to_have_value("Ben's summary of knees.")
    expect(anna.get_by_label("Other names")).to_have_value("runner's knee")
    anna.get_by_role("button", name="Publish now").click()
    expect(anna.get_by_text("Patients read it now.")).to_be_visible()
    open_once_it_reads(anna, desk.public("conditions/knee-pain"), "summary of knees")
    expect(anna.get_by_text("Ben's summary of knees.")).to_be_visible()
    expect(anna.get_by_text("runner's knee", exact=True)).to_be_visible()


def test_old_words_are_compared_and_restored(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(desk.url("change", "is-it-for-me"))
    old = page.get_by_label("Title", exact=True).input_value()
    page.get_by_label("Title", exact=True).fill(f"{old} Perhaps")
    page.get_by_label("What did you change").fill("A test of nerves")
    page.get_by_role("button", name="Publish now").tap()
    page.get_by_text("History, address, sharing").tap()
    page.get_by_role("link", name="History").tap()
    expect(page.get_by_text("A test of nerves")).to_be_visible()
    page.get_by_role("button", name="Show what changed").tap()
    expect(page.locator(".told ins")).to_have_text(" Perhaps")
    page.get_by_role("link", name="Restore revision").tap()
    expect(page.get_by_role("heading", name="Put the old words back?")).to_be_visible()
    assert faults(page, widths=(PHONE,)) == []
    page.get_by_role("button", name="Put these words live").tap()
    expect(page.get_by_text("It is live now.")).to_be_visible()
    open_once_it_reads(page, desk.public("is-it-for-me"), "Perhaps", is_there=False)
    expect(page.get_by_role("heading", level=1)).to_have_text(old)


def test_withdrawing_asks_and_can_be_undone(desk: Desk, signed_in: SignedIn, watch: Watch) -> None:
    watch.expect("410")
    page = signed_in("anna")
    page.goto(desk.url("change", "conditions/text-neck"))
    page.get_by_text("History, address, sharing").tap()
    page.get_by_role("link", name="Withdraw…").tap()
    page.get_by_label("Why? (kept").fill("Being rewritten")
    page.get_by_role("button", name="Take it off the site").tap()
    expect(page.get_by_text("Patients no longer find it.")).to_be_visible()
    open_once_it_reads(page, desk.public("conditions"), "Text Neck", is_there=False)
    expect(page.get_by_role("heading", name="Text Neck")).to_have_count(0)
    page.goto(desk.url("history", "conditions/text-neck"))
    page.get_by_role("link", name="Restore revision").first.tap()
    page.get_by_role("button", name="Put these words live").tap()
    expect(page.get_by_text("It is live now.")).to_be_visible()
    open_once_it_reads(page, desk.public("conditions"), "Text Neck")
    expect(page.get_by_role("heading", name="Text Neck")).to_be_visible()


def test_a_draft_is_shown_to_a_colleague_who_is_not_signed_in(
    desk: Desk, signed_in: SignedIn, open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("410")
    page = signed_in("anna")
    page.goto(desk.url("change", "what-is-ims"))
    page.get_by_label("Summary").fill("For the physiotherapist's eyes.")
    page.get_by_role("button", name="Save draft").tap()
    page.get_by_text("History, address, sharing").tap()
    page.get_by_role("link", name="Share a preview").tap()
    page.get_by_role("button", name="Make a link").tap()
    address = page.get_by_label("Address to copy").input_value()
    colleague = open_page()
    answer = colleague.goto(address)
    expect(colleague.get_by_text("For the physiotherapist's eyes.")).to_be_visible()
    expect(colleague.get_by_text("Preview: not live.")).to_be_visible()
    assert colleague.context.cookies() == []
    assert "noindex" in answer.headers["x-robots-tag"]
    page.get_by_role("button", name="Revoke").tap()
    expect(page.get_by_text("it shows nothing any more")).to_be_visible()
    assert colleague.goto(address).status == 410


def test_an_old_address_leads_to_the_new_one(desk: Desk, signed_in: SignedIn, watch: Watch) -> None:
    watch.expect("422")
    page = signed_in("anna")
    page.goto(desk.url("address", "glossary/chronic"))
    page.get_by_label("Address", exact=True).fill("glossary/acute")
    page.get_by_role("button", name="Change address").tap()
    expect(page.get_by_text("There is a page at /glossary/acute/ already")).to_be_visible()
    page.get_by_label("Address", exact=True).fill("glossary/long-lasting")
    page.get_by_role("button", name="Change address").tap()
    expect(page.get_by_text("The old address leads there for good.")).to_be_visible()
    page.goto(desk.public("glossary/chronic"))
    expect(page).to_have_url(f"{desk.site.url}/glossary/#long-lasting")
    expect(page.locator("#long-lasting")).to_be_in_viewport()


def test_a_new_page_is_made_and_published(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.goto(f"{desk.site.url}/admin/pages/page/add/")
    page.get_by_label("Term:").check()
    page.get_by_label("Title").fill("Kettle")
    page.get_by_role("button", name="Make a draft").tap()
    page.get_by_role("textbox", name="Text", exact=True).fill("The sheet around a muscle.")
    # What the checks find moves the button below them.
    expect(page.get_by_text("Nothing keeps this from going live")).to_be_visible()
    page.get_by_role("button", name="Publish now").tap()
    expect(page.get_by_text("Patients read it now.")).to_be_visible()
    page.goto(desk.public("glossary/kettle"))
    expect(page.get_by_text("The sheet around a muscle.")).to_be_in_viewport()
