"""The form at a glance, what it keeps in this tab, and the address that it asks about while it is typed."""

import re

import pytest
from playwright.sync_api import Page, expect

from clinic_site.enquiries.public_form.email_suggestions import (
    ALSO_REAL,
    PROVIDERS,
    likely_address,
)
from tests.browser.enquiry_form.test_enquiry_form import (
    expect_confirmation,
    fill,
    kept,
    message,
    send,
)
from tests.browsing import OpenPage, Watch
from tests.serving import Site

SCREEN = 844  # pixels of a phone
KEPT = "kept in this tab only"
TYPED = (
    *("ana@gmial.com", "Ana@GMAILL.com", "ana@hotmial.con", "ana@tells.net", "ana@shw.ca"),
    *("ana@mailw.com", "ana@ubc.ca", "ana@gmail.com", "ana@gmail.ca", "ana", "ana@", "@gmial.com"),
)


def expect_nothing_kept(page: Page) -> None:
    """A script lets go of it, and runs a moment after the page can be read."""
    page.wait_for_function("() => sessionStorage.length + localStorage.length === 0")


@pytest.mark.parametrize("path", ["/book/?about=tennis-elbow", "/book/question/"])
def test_all_that_is_needed_stands_on_one_screen(clinic_site: Site, page: Page, path: str) -> None:
    page.goto(f"{clinic_site.url}{path}")
    form, button = page.locator("form.ask"), page.locator("form.ask > button")
    top, end = form.bounding_box(), button.bounding_box()
    assert top
    assert end
    assert end["y"] + end["height"] - top["y"] < SCREEN


def test_a_reload_loses_nothing_and_asks_for_consent_again(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Kept")
    message(page).fill("It hurts on stairs.")
    page.get_by_label("Tuesday").check()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.goto(f"{clinic_site.url}/faq/")
    page.goto(f"{clinic_site.url}/book/")
    expect(page.get_by_label("Your name")).to_have_value("Ana Kept")
    expect(page.get_by_label("Anything else")).to_be_visible()
    expect(page.get_by_label("Anything else")).to_have_value("It hurts on stairs.")
    expect(page.get_by_label("Tuesday")).to_be_checked()
    expect(page.get_by_label("I agree that")).not_to_be_checked()
    expect(page.get_by_text(KEPT)).to_be_visible()


def test_it_is_gone_once_it_is_sent(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Gone")
    expect(page.get_by_text(KEPT)).to_be_visible()
    send(page)
    expect_confirmation(page)
    expect_nothing_kept(page)
    page.goto(f"{clinic_site.url}/book/")
    expect(page.get_by_label("Your name")).to_have_value("")


def test_it_is_forgotten_when_asked_to(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Forgets")
    message(page).fill("Nobody else is to see this.")
    page.get_by_role("button", name="Forget this").click()
    expect(page.get_by_text(KEPT)).to_be_hidden()
    expect(page.get_by_label("Your name")).to_have_value("")
    expect(page.get_by_label("Your name")).to_be_focused()
    expect(page.get_by_label("I agree that")).not_to_be_checked()
    page.goto(f"{clinic_site.url}/faq/")
    expect_nothing_kept(page)


def test_another_tab_knows_nothing_of_it(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Here")
    expect(page.get_by_text(KEPT)).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{clinic_site.url}/book/")
    expect(other.get_by_label("Your name")).to_have_value("")


def test_a_second_try_after_a_lost_answer_is_the_same_enquiry(
    clinic_site: Site, page: Page, watch: Watch
) -> None:
    watch.expect("ERR_CONNECTION_RESET")
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Second")

    def lose(route: object) -> None:
        route.fetch(max_redirects=0)  # type: ignore[attr-defined]  # a Route
        route.abort("connectionreset")  # type: ignore[attr-defined]  # as above

    page.route("**/book/", lose, times=1)
    with page.expect_event("requestfailed"):
        send(page)
    page.wait_for_url("chrome-error://**")
    page.goto(f"{clinic_site.url}/book/")
    expect(page.get_by_label("Your name")).to_have_value("Ana Second")
    page.get_by_label("I agree that").check()
    send(page)
    expect_confirmation(page)
    assert len(kept(clinic_site, "Ana Second")) == 1


def test_whom_to_reach_is_typed_once_for_both_forms(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Both")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_role("link", name="Ask a question").click()
    expect(page.get_by_label("Your name")).to_have_value("Ana Both")
    page.get_by_label("Your question").fill("Does it hurt?")
    page.get_by_label("I agree that").check()
    page.get_by_role("button", name="Send my question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your question")
    assert [row["kind"] for row in kept(clinic_site, "Ana Both")] == ["question"]


def test_the_form_works_where_nothing_may_be_kept(clinic_site: Site, open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no'); }})"
    )
    page.goto(f"{clinic_site.url}/book/")
    fill(page, "Ana Private")
    expect(page.get_by_text(KEPT)).to_be_hidden()
    send(page)
    expect_confirmation(page)


@pytest.mark.parametrize(
    ("answer", "address"),
    [("Yes, use it", "ana@gmail.com"), ("No, mine is right", "ana@gmial.com")],
)
def test_a_slip_is_asked_about_while_it_is_typed(
    clinic_site: Site, page: Page, answer: str, address: str
) -> None:
    page.goto(f"{clinic_site.url}/book/")
    name = f"Ana {answer}"
    fill(page, name)
    page.get_by_label("Email", exact=True).first.fill("ana@gmial.com")
    page.get_by_label("I agree that").focus()
    expect(page.get_by_text("Did you mean ana@gmail.com?")).to_be_visible()
    page.get_by_role("button", name=answer).click()
    expect(page.get_by_text("Did you mean")).to_be_hidden()
    send(page)
    expect_confirmation(page)
    assert [row["email"] for row in kept(clinic_site, name)] == [address]


def test_the_script_finds_the_slips_that_the_server_finds(clinic_site: Site, page: Page) -> None:
    page.goto(f"{clinic_site.url}/book/")
    script = re.search(r'[^"]+email-advice[^"]*\.js', page.content())
    assert script
    found = page.evaluate(
        "async ([script, typed, known, real]) => {"
        "const {likelyAddress} = await import(script);"
        "return typed.map(one => likelyAddress(one, known, real)); }",
        [script[0], TYPED, PROVIDERS, ALSO_REAL],
    )
    assert found == [likely_address(typed) for typed in TYPED]
