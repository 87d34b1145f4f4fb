"""A physiotherapist signs a page off on a phone; the next changed word ends it, on the page and for machines."""

import json

from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, SignedIn, open_once_it_reads
from tests.browsing import Watch

PATH = "how-often"
UNSIGNED = "Not yet signed off by a physiotherapist of this clinic."
READER = "iframe[title$='as patients see it']"


def signs(page: Page, desk: Desk, path: str, name: str) -> None:
    """Read the page in the admin and sign its words."""
    page.goto(f"{desk.site.url}/admin/pages/signoff/{desk.page_number(path)}/read/")
    expect(page.frame_locator(READER).get_by_role("heading", level=1)).to_be_attached()
    for item in page.locator(".to-confirm .item [type=checkbox]").all():
        item.check()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("I have read these words").check()
    page.get_by_role("button", name="Sign these words").tap()
    expect(page.get_by_text(f"by {name}").first).to_be_visible()


def reviewed_by(page: Page) -> str | None:
    """Who reviewed the page that is open, as its structured data says."""
    graph = json.loads(page.locator("script[type='application/ld+json']").inner_text())["@graph"]
    names = {node["@id"]: node.get("name") for node in graph if "@id" in node}
    told = [node["reviewedBy"] for node in graph if "reviewedBy" in node]
    return next((one.get("name") or names[one["@id"]] for one in told), None)


def test_a_sign_off_holds_until_a_word_changes(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("ben")
    open_once_it_reads(page, desk.public(PATH), UNSIGNED)
    signs(page, desk, PATH, "Ben Sample, PT")
    open_once_it_reads(page, desk.public(PATH), "Signed off by Ben Sample, PT")
    assert reviewed_by(page) == "Ben Sample, PT"
    page.goto(desk.url("change", PATH))
    page.get_by_label("Summary").fill("What to do after a visit, in a few words.")
    page.get_by_role("button", name="Publish now").tap()
    expect(page.get_by_text("Patients read it now.")).to_be_visible()
    open_once_it_reads(page, desk.public(PATH), UNSIGNED)
    assert reviewed_by(page) is None
    page.goto(f"{desk.site.url}/admin/pages/signoff/")
    expect(page.get_by_role("listitem").filter(has_text="Ben Sample, PT")).to_contain_text(
        "Changed since it was signed"
    )


def test_words_that_changed_while_they_were_read_are_not_signed(
    desk: Desk, signed_in: SignedIn, watch: Watch
) -> None:
    watch.expect("422")
    reader, editor = signed_in("ben"), signed_in("anna")
    reader.goto(f"{desk.site.url}/admin/pages/signoff/{desk.page_number('safety')}/read/")
    editor.goto(desk.url("change", "safety"))
    editor.get_by_label("Summary").fill("Other words about safety.")
    editor.get_by_role("button", name="Publish now").tap()
    expect(editor.get_by_text("Patients read it now.")).to_be_visible()
    reader.get_by_label("Your name").fill("Ben Sample, PT")
    reader.get_by_label("I have read these words").check()
    reader.get_by_role("button", name="Sign these words").tap()
    expect(reader.get_by_text("The words changed while you were reading.")).to_be_visible()
    expect(reader.get_by_label("Your name")).to_have_value("Ben Sample, PT")
    expect(reader.frame_locator(READER).get_by_text("Other words about safety.")).to_be_attached()
