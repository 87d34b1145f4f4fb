"""A picture put into a text from within the editor: chosen, dropped or pasted; refused in words, never in the text."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, SignedIn, open_once_it_reads
from tests.browsing import Watch
from tests.images.making import jpeg

TEXT = "#id_body"
CARRY = """([kind, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], "knee.jpg", {type: "image/jpeg"}));
  const told = {bubbles: true, cancelable: true};
  const event = kind === "paste"
    ? new ClipboardEvent("paste", {clipboardData: carried, ...told})
    : new DragEvent("drop", {dataTransfer: carried, ...told});
  document.getElementById("id_body").dispatchEvent(event);
}"""


def opens(page: Page, desk: Desk, path: str = "is-it-for-me") -> None:
    page.goto(desk.url("change", path))
    page.locator(TEXT).fill("Before.\n\n")


def photo(data: bytes) -> dict[str, object]:
    return {"name": "knee.jpg", "mimeType": "image/jpeg", "buffer": data}


def test_a_picture_is_uploaded_described_and_published(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    opens(page, desk, "what-is-ims")
    page.get_by_role("button", name="Image", exact=True).tap()
    page.get_by_label("Upload a new one").set_input_files(photo(jpeg()))
    page.get_by_label("What does it show?").fill("A knee in a warm light")
    page.get_by_role("button", name="Upload and put in").tap()
    expect(page.locator(TEXT)).to_have_value(
        re.compile(r"!\[A knee in a warm light\]\(image:\d+\)")
    )
    page.get_by_role("button", name="Publish now").tap()
    expect(page.get_by_text("Patients read it now.")).to_be_visible()
    open_once_it_reads(page, desk.public("what-is-ims"), "A knee in a warm light")
    shown = page.get_by_role("img", name="A knee in a warm light")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_a_picture_stands_in_a_paragraph_of_its_own(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in("anna")
    opens(page, desk)
    page.locator(TEXT).fill("Before. After.")
    page.locator(TEXT).evaluate("box => box.setSelectionRange(7, 8)")
    page.get_by_role("button", name="Image", exact=True).tap()
    page.get_by_label("Upload a new one").set_input_files(photo(jpeg()))
    page.get_by_label("What does it show?").fill("A knee alone")
    page.get_by_role("button", name="Upload and put in").tap()
    expect(page.locator(TEXT)).to_have_value(
        re.compile(r"^Before\.\n\n!\[A knee alone\]\(image:\d+\)\n\nAfter\.$")
    )


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_picture_that_is_dropped_or_pasted_asks_what_it_shows(
    desk: Desk, signed_in: SignedIn, kind: str
) -> None:
    page = signed_in("anna")
    opens(page, desk)
    page.evaluate(CARRY, [kind, base64.b64encode(jpeg()).decode()])
    expect(page.get_by_text("Say what “knee.jpg” shows, then upload it.")).to_be_visible()
    page.get_by_label("What does it show?").fill(f"A knee by {kind}")
    page.keyboard.press("Enter")
    expect(page.locator(TEXT)).to_have_value(re.compile(rf"!\[A knee by {kind}\]\(image:\d+\)"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg onload=alert(1)></svg>", "SVG"),
        (jpeg()[:200], "not complete"),
        (b"GIF89a", "This is a GIF"),
    ],
    ids=["drawing", "truncated", "other kind"],
)
def test_what_is_no_picture_is_told_beside_the_field_and_not_in_the_text(
    desk: Desk, signed_in: SignedIn, watch: Watch, data: bytes, words: str
) -> None:
    watch.expect("400")
    page = signed_in("anna")
    opens(page, desk)
    page.get_by_role("button", name="Image", exact=True).tap()
    page.get_by_label("Upload a new one").set_input_files(photo(data))
    page.get_by_label("What does it show?").fill("A knee")
    page.get_by_role("button", name="Upload and put in").tap()
    expect(page.locator("#image-picker .picker-state")).to_contain_text(words)
    expect(page.locator(TEXT)).to_have_value("Before.\n\n")
    expect(page.get_by_label("What does it show?")).to_have_value("A knee")


def test_a_picture_without_a_description_is_not_taken(
    desk: Desk, signed_in: SignedIn, watch: Watch
) -> None:
    watch.expect("400")
    page = signed_in("anna")
    opens(page, desk)
    page.get_by_role("button", name="Image", exact=True).tap()
    page.get_by_label("Upload a new one").set_input_files(photo(jpeg()))
    page.get_by_role("button", name="Upload and put in").tap()
    expect(page.locator("#image-picker .picker-state")).to_contain_text("show")
    expect(page.locator(TEXT)).to_have_value("Before.\n\n")
