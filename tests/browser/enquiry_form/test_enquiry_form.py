"""Asking for a visit on a phone: sent, wrong, twice, back, lost on the way, without script, taken back."""

import json
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browsing import OpenPage, Watch
from tests.serving import Site

SEND = "Send my enquiry"
HEALTH_NUMBER = "9698 658 215"


def kept(site: Site, name: str) -> list[dict[str, Any]]:
    """The enquiries under that name, each with how many amendments it has."""
    database = sqlite3.connect(site.data_dir / "db.sqlite3")
    database.row_factory = sqlite3.Row
    rows = database.execute(
        "SELECT e.*, (SELECT count(*) FROM enquiries_enquiryamendment a WHERE a.enquiry_id = e.id) AS changes"
        " FROM enquiries_enquiry e WHERE name = ?",
        (name,),
    )
    found = [dict(row) for row in rows]
    database.close()
    return found


def fill(page: Page, name: str, **more: str) -> None:
    """The least that can be sent."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Phone", exact=True).first.fill(more.get("phone", "604 555 0142"))
    page.get_by_label("I agree that").check()


def add_more(page: Page) -> None:
    """Unfold what is optional."""
    if not page.locator("details.more[open]").count():
        page.get_by_text("Add more").click()


def message(page: Page) -> Locator:
    """The note, unfolded."""
    add_more(page)
    return page.get_by_label("Anything else")


def send(page: Page) -> None:
    page.get_by_role("button", name=SEND).click()


def expect_confirmation(page: Page) -> str:
    """The confirmation is shown; its reference."""
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your enquiry")
    return page.locator(".reference").inner_text()


def test_from_a_conditions_page_to_the_confirmation(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/?about=tennis-elbow")
    expect(page.get_by_text("About: Tennis elbow")).to_be_visible()
    expect(page.get_by_label("Arm and hand")).to_be_checked()
    fill(page, "Ana Happy")
    page.get_by_label("Email", exact=True).first.fill("ana@example.ca")
    message(page).fill("It hurts when I lift the kettle.")
    for chip in ("Tuesday", "After 4 pm", "No, this is my first visit", "ICBC"):
        page.get_by_label(chip).check()
    send(page)
    reference = expect_confirmation(page)
    (row,) = kept(clinic_site, "Ana Happy")
    assert row["reference"] == reference
    assert (row["phone"], row["email"], row["payer"]) == ("+16045550142", "ana@example.ca", "icbc")
    assert [json.loads(row[name]) for name in ("areas", "days", "times")] == [
        ["arm-hand"],
        ["tuesday"],
        ["late"],
    ]
    assert (row["is_returning"], row["about"]) == (0, "tennis-elbow")
    assert row["consent_wording"].startswith("I agree that the clinic uses")
    assert "Ana" not in page.url
    assert page.context.cookies() == []


def test_by_keyboard_alone(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    page.get_by_label("Your name").focus()
    page.keyboard.type("Bo Keys")
    page.keyboard.press("Tab")
    page.keyboard.type("604 555 0142")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("I agree that").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect_confirmation(page)
    assert json.loads(kept(clinic_site, "Bo Keys")[0]["areas"]) == ["head-neck"]


@pytest.mark.parametrize(
    ("label", "value", "message"),
    [
        ("Your name", "", "Enter your name"),
        ("Phone", "", "Enter a phone number or an email address"),
        ("Phone", "604 555", "Check the phone number."),
        ("Email", "ana@", "Check the email address."),
        ("Anything else", "x" * 501, "Shorten your message to 500 characters."),
    ],
)
def test_each_error_leads_to_its_field(
    clinic_site: Site, page: Page, watch: Watch, label: str, value: str, message: str
) -> None:
    watch.expect("422")
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Wrong")
    add_more(page)
    page.get_by_label(label).first.fill(value)
    send(page)
    summary = page.get_by_role("region", name="There is a problem")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    summary.get_by_role("link", name=message).click()
    field = page.get_by_label(label).first
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    expect(field).to_have_value(value)
    assert kept(clinic_site, "Ana Wrong") == []


def test_consent_is_asked_for(clinic_site: Site, page: Page, watch: Watch) -> None:
    watch.expect("422")
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Consent")
    page.get_by_label("I agree that").uncheck()
    send(page)
    page.get_by_role("link", name="Tick the box").click()
    expect(page.get_by_label("I agree that")).to_be_focused()
    page.keyboard.press("Space")
    send(page)
    expect_confirmation(page)


def test_a_double_tap_is_one_enquiry(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Twice")
    page.evaluate(
        "const form = document.querySelector('form.ask');"
        "const body = new URLSearchParams(new FormData(form));"
        "window.first = fetch(form.action, {method: 'POST', body, redirect: 'manual'});"
    )
    page.get_by_role("button", name=SEND).dblclick()
    expect_confirmation(page)
    assert len(kept(clinic_site, "Ana Twice")) == 1


def test_back_and_sent_again_is_one_enquiry(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Back")
    send(page)
    first = expect_confirmation(page)
    page.go_back()
    expect(page.get_by_label("Your name")).to_have_value("Ana Back")
    send(page)
    assert expect_confirmation(page) == first
    assert [row["changes"] for row in kept(clinic_site, "Ana Back")] == [0]


def test_back_and_changed_is_shown_as_a_change(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Changed")
    send(page)
    first = expect_confirmation(page)
    page.go_back()
    message(page).fill("It is worse today.")
    send(page)
    assert expect_confirmation(page) == first
    expect(page.get_by_text("You sent this form again with changes")).to_be_visible()
    assert [row["changes"] for row in kept(clinic_site, "Ana Changed")] == [1]


def test_a_fresh_visit_is_a_fresh_form(clinic_site: Site, page: Page) -> None:
    passes = set()
    for _ in range(2):
        page.goto(f"{clinic_site.url}/book/")
        page.goto(f"{clinic_site.url}/book/")
        passes.add(page.locator("[name=form]").input_value())
        page.goto(f"{clinic_site.url}/")
    assert len(passes) == 2


def test_reloading_the_confirmation_sends_nothing(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Reload")
    send(page)
    first = expect_confirmation(page)
    page.reload()
    assert expect_confirmation(page) == first
    assert len(kept(clinic_site, "Ana Reload")) == 1


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_lost_answer_then_a_retry_is_one_enquiry(
    clinic_site: Site, open_page: OpenPage, watch: Watch, script: bool
) -> None:
    watch.expect("ERR_CONNECTION_RESET")
    page = open_page(java_script_enabled=script)
    name = f"Ana Lost {script}"
    lost: list[int] = []

    def lose_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/book/", lose_first)
    page.goto(f"{clinic_site.url}/book/")
    fill(page, name)
    with page.expect_event("requestfailed"):
        send(page)
    page.wait_for_url("chrome-error://**")
    assert lost == [303]
    page.reload()
    expect_confirmation(page)
    assert len(kept(clinic_site, name)) == 1
