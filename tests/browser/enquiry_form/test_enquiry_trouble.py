"""Asking for a visit when something comes between: a lost answer, no script, advice, and taking it back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.enquiry_form.test_enquiry_form import (
    HEALTH_NUMBER,
    add_more,
    expect_confirmation,
    fill,
    kept,
    message,
    send,
)
from tests.browsing import OpenPage, Watch
from tests.serving import Site


def test_without_script(clinic_site: Site, open_page: OpenPage, watch: Watch) -> None:
    watch.expect("422")
    page = open_page(java_script_enabled=False)
    page.goto(f"{clinic_site.url}/book/?area=knee")
    expect(page.get_by_text("About: Knee")).to_be_visible()
    expect(page.get_by_label("Knee")).to_be_checked()
    expect(message(page)).to_be_visible()
    expect(page.get_by_text("500 characters or fewer")).to_be_visible()
    fill(page, "Ana Plain")
    page.get_by_label("Email", exact=True).first.fill("ana@gmial.com")
    message(page).fill(f"Card {HEALTH_NUMBER}")
    send(page)
    expect(page.get_by_role("region", name="Please look at this")).to_be_focused()
    page.get_by_role("button", name="Yes, send with ana@gmail.com").click()
    expect(page.get_by_label("Email", exact=True).first).to_have_value("ana@gmail.com")
    message(page).fill("Left out")
    send(page)
    expect_confirmation(page)
    assert [(r["email"], r["message"]) for r in kept(clinic_site, "Ana Plain")] == [
        ("ana@gmail.com", "Left out")
    ]


def test_characters_left_are_counted(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    message(page).fill("😀" * 10)
    expect(page.locator("[data-count]")).to_have_text("490 characters left")
    message(page).fill("x" * 501)
    expect(page.locator("[data-count]")).to_have_text("1 character too many")


@pytest.mark.parametrize(
    ("words", "is_advised"),
    [
        (f"Card {HEALTH_NUMBER}", True),
        ("046-454-286", True),
        ("4111 1111 1111 1111", True),
        ("604 555 0142 046 454 286", True),
        ("604 555 0142 604 555 0199", False),
        ("9698 658 216", False),
        ("It hurts since 2024-03-15", False),
    ],
)
def test_a_number_is_advised_against_at_once(
    clinic_site: Site, page: Page, words: str, is_advised: bool
) -> None:
    page.goto(f"{clinic_site.url}/book/")
    message(page).fill(words)
    expect(page.get_by_text("Please take it out")).to_have_count(int(is_advised))
    message(page).fill("Better")
    expect(page.get_by_text("Please take it out")).to_have_count(0)


def test_a_slip_in_the_address_is_asked_about_once_and_kept_where_it_is_none(
    clinic_site: Site, page: Page, watch: Watch
) -> None:
    watch.expect("422")
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Gmial")
    page.get_by_label("Email", exact=True).first.fill("ana@gmial.com")
    send(page)
    expect(page.get_by_role("region", name="Please look at this")).to_be_focused()
    page.get_by_role("button", name="No, send as typed").click()
    expect_confirmation(page)
    assert kept(clinic_site, "Ana Gmial")[0]["email"] == "ana@gmial.com"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_withdraw(clinic_site: Site, open_page: OpenPage, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    name = f"Ana Withdrawn {script}"
    page.goto(f"{clinic_site.url}/book/")
    fill(page, name)
    send(page)
    reference = expect_confirmation(page)
    page.get_by_role("link", name="Withdraw my enquiry").click()
    page.get_by_role("link", name="No, keep it").click()
    assert expect_confirmation(page) == reference
    page.get_by_role("link", name="Withdraw my enquiry").click()
    page.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your enquiry is withdrawn")
    assert kept(clinic_site, name) == []
    assert [row["reference"] for row in kept(clinic_site, "")].count(reference) == 1


def test_touch_targets_are_48_pixels_high(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    add_more(page)
    small = page.evaluate(
        "[...document.querySelectorAll('form.ask label:has(input), form.ask button, form.ask summary,"
        " form.ask .field input, form.ask textarea')]"
        ".filter(one => one.offsetParent && one.getBoundingClientRect().height < 48)"
        ".map(one => one.outerHTML)"
    )
    assert small == []
