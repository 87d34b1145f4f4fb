"""The inbox in a browser: two people at one enquiry, a lost connection, what never stands in an address."""

from urllib.parse import unquote

from playwright.sync_api import expect

from tests.browser.desk import Desk, SignedIn
from tests.browser.patients import arrives, inbox
from tests.browser.staff.test_inbox_on_a_phone import look_now
from tests.browsing import Watch


def test_two_people_at_one_enquiry_see_each_other(desk: Desk, signed_in: SignedIn) -> None:
    one = arrives(desk, "Paula Presence")
    anna, ben = signed_in("anna"), signed_in("ben", width=1280)
    anna.goto(one.url)
    ben.goto(one.url)
    expect(
        ben.get_by_text("Anna Sample opened this just now and still has it open")
    ).to_be_visible()
    look_now(anna)
    expect(
        anna.get_by_text("Ben Sample opened this just now and still has it open")
    ).to_be_visible()
    expect(anna.locator("#live-state")).to_have_text("Ben Sample has this open too.")
    list_of_ben = signed_in("ben")
    list_of_ben.goto(inbox(desk))
    card = list_of_ben.get_by_role("listitem").filter(has_text="Paula Presence")
    expect(card).to_contain_text("Anna Sample has it open")


def test_the_second_is_told_before_and_after_saving_and_loses_nothing(
    desk: Desk, signed_in: SignedIn, watch: Watch
) -> None:
    watch.expect("409")
    one = arrives(desk, "Sue Second")
    anna, ben = signed_in("anna"), signed_in("ben")
    anna.goto(one.url)
    ben.goto(one.url)
    anna.get_by_label("Add a note").fill("Anna's long note.")
    ben.get_by_role("radio", name="Booked").check()
    ben.get_by_role("button", name="Save").tap()
    expect(ben.get_by_text("Saved.")).to_be_visible()
    look_now(anna)
    expect(anna.get_by_text("Changed while you have this open")).to_be_visible()
    expect(anna.get_by_label("Add a note")).to_have_value("Anna's long note.")
    anna.get_by_role("button", name="Save").tap()
    expect(anna.get_by_role("alert")).to_contain_text("Ben Sample set it from New to Booked")
    expect(anna.get_by_label("Add a note")).to_have_value("Anna's long note.")
    anna.get_by_role("radio", name="Booked").check()
    anna.get_by_role("button", name="Save").tap()
    expect(anna.get_by_text("Saved.")).to_be_visible()
    expect(anna.locator(".note")).to_contain_text("Anna's long note.")


def test_who_is_signed_out_is_told_and_keeps_their_words(
    desk: Desk, signed_in: SignedIn, watch: Watch
) -> None:
    one = arrives(desk, "Sid Signedout")
    page = signed_in("anna")
    page.goto(one.url)
    page.get_by_label("Add a note").fill("Half a note")
    page.context.clear_cookies()
    watch.expect("403")
    look_now(page)
    expect(page.locator("#live-state")).to_contain_text("You are signed out")
    expect(page.get_by_label("Add a note")).to_have_value("Half a note")


def test_a_lost_connection_is_told_until_it_is_back(
    desk: Desk, signed_in: SignedIn, watch: Watch
) -> None:
    page = signed_in("anna")
    page.goto(inbox(desk))
    watch.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    look_now(page)
    expect(page.locator("#live-state")).to_contain_text("No connection")
    page.context.set_offline(False)
    look_now(page)
    expect(page.get_by_text("No connection")).to_have_count(0)


def test_a_reply_text_is_copied_with_name_and_reference(desk: Desk, signed_in: SignedIn) -> None:
    one = arrives(desk, "Cora Copied")
    page = signed_in("anna")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(one.url)
    page.get_by_text("Could not reach you", exact=True).tap()
    page.get_by_role("button", name="Copy").tap()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Hello Cora Copied," in copied
    assert one.reference in copied


def test_no_address_ever_holds_what_was_looked_for(desk: Desk, signed_in: SignedIn) -> None:
    arrives(desk, "Quentin Quillfeather", email="quill@example.ca", phone="604 555 0177")
    page = signed_in("anna")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(unquote(request.url)))
    page.goto(inbox(desk))
    page.get_by_label("Find by name").fill("Quillfeather")
    page.get_by_role("button", name="Find").tap()
    page.get_by_role("link", name="Quentin Quillfeather").tap()
    page.get_by_role("button", name="Show all that we hold").tap()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Show everything").tap()
    expect(page.get_by_role("heading", name="What we hold")).to_be_visible()
    told = " ".join(addresses).casefold()
    assert "quill" not in told
    assert "5550177" not in told


def test_erasing_on_the_phone_asks_once_and_leaves_no_name(desk: Desk, signed_in: SignedIn) -> None:
    one = arrives(desk, "Ernst Erased")
    page = signed_in("anna")
    page.goto(one.url)
    page.get_by_role("link", name="Erase this enquiry").tap()
    page.get_by_role("button", name="Erase for good").tap()
    expect(page.get_by_text(f"Erased: {one.reference}.")).to_be_visible()
    page.goto(one.url)
    expect(page.get_by_text("The words of this enquiry were deleted")).to_be_visible()
    expect(page.get_by_text("Ernst")).to_have_count(0)
    assert b"Ernst" not in (desk.site.data_dir / "db.sqlite3").read_bytes()
