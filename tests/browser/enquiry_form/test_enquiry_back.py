"""A patient who leaves the half-written form to read something, and comes back: every word is still there."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.enquiry_form.test_enquiry_form import add_more, fill, message, send
from tests.browsing import OpenPage, Watch
from tests.serving import Site

PATIENT, WORDS = "Ana Back", "It hurts when I lift the kettle."


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("has_error", [False, True], ids=["first time", "after an error"])
def test_reading_about_privacy_costs_no_word(
    clinic_site: Site, open_page: OpenPage, watch: Watch, has_error: bool, script: bool
) -> None:
    watch.expect("422")
    page = open_page(java_script_enabled=script)
    page.goto(f"{clinic_site.url}/book/")
    if has_error:
        send(page)
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    fill(page, PATIENT)
    message(page).fill(WORDS)
    add_more(page)
    page.get_by_label("Tuesday").check()
    page.locator(".consent").get_by_role("link", name="Your privacy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your privacy")
    page.go_back()
    expect_all_words(page)


def test_a_reload_after_an_error_brings_the_same_words_and_the_same_enquiry(
    clinic_site: Site, page: Page, watch: Watch
) -> None:
    watch.expect("422")
    page.goto(f"{clinic_site.url}/book/")
    message(page).fill(WORDS)
    send(page)
    form = page.locator("[name=form]").input_value()
    page.reload()
    expect(message(page)).to_have_value(WORDS)
    expect(page.locator("[name=form]")).to_have_value(form)


def test_after_an_error_a_reload_sends_nothing_again_and_keeps_what_it_is_about(
    clinic_site: Site, page: Page, watch: Watch
) -> None:
    watch.expect("422")
    page.goto(f"{clinic_site.url}/book/?about=conditions/tennis-elbow")
    message(page).fill(WORDS)
    send(page)
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.reload()
    expect(message(page)).to_have_value(WORDS)
    expect(page.get_by_text("About: Tennis elbow")).to_be_visible()
    assert "POST" not in sent


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Enter your name", "Your name"),
        ("Enter a phone number or", "Phone"),
        ("Tick the box", "I agree that"),
    ],
)
def test_a_line_of_the_summary_shows_the_field_and_its_label(
    clinic_site: Site, open_page: OpenPage, watch: Watch, width: int, message: str, words: str
) -> None:
    watch.expect("422")
    page = open_page(width=width, height=700)
    page.goto(f"{clinic_site.url}/book/")
    send(page)
    page.locator(".error-summary").get_by_role("link", name=message).click()
    field = page.get_by_label(words, exact=words == "Phone").first
    expect(field).to_be_focused()
    label = page.locator("label", has_text=words).first
    expect(label).to_be_in_viewport(ratio=1)
    expect(field).to_be_in_viewport(ratio=1)


def expect_all_words(page: Page) -> None:
    """What was typed, ticked and chosen."""
    expect(page.get_by_label("Your name")).to_have_value(PATIENT)
    expect(page.get_by_label("Phone", exact=True).first).to_have_value("604 555 0142")
    expect(page.get_by_label("Anything else")).to_have_value(WORDS)
    expect(page.get_by_label("Tuesday")).to_be_checked()
    expect(page.get_by_label("I agree that")).to_be_checked()
