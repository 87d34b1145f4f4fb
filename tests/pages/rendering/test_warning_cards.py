"""Warning cards by name: one text, shown on each page that names it, signed for itself."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clinic_site.pages.actions.publish import publish, withdraw
from clinic_site.pages.actions.review_state import CARD, live_revisions, standings
from clinic_site.pages.actions.sign_off import sign_off
from clinic_site.pages.models import Page, SignOff
from clinic_site.search.index.indexing import bring_up_to_date
from clinic_site.search.models import Passage
from tests.pages.writing import WORDS, live_page, named, save
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db
SIGNS = "> [!EMERGENCY]\n> **Emergency now: legs**\n>\n> - Both legs are numb.[^one]\n"
CARD_BODY = f"{SIGNS}\n[^one]: A leaflet of 2020.\n"
PAGE_BODY = "Rest.\n\n## When to call\n\n> [!CARD] legs\n\nDrink water.\n"


@pytest.fixture
def card(db: None) -> Page:
    return live_page("cards/legs", "card", title="Legs", body=CARD_BODY)


@pytest.fixture
def aftercare(card: Page) -> Page:
    return live_page("aftercare", body=PAGE_BODY)


def publish_card(card: Page, **words: Any) -> None:
    publish(page=card, words={**WORDS, "title": "Legs", "body": CARD_BODY, **words}, by=None)


def sign(page: Page, by: User) -> SignOff:
    named(by, "A. Sample")
    return sign_off(page=page, revisions=live_revisions(page), by=by, reviewer_name="A. Sample, PT")


def test_a_page_with_a_card_is_the_page_with_the_same_words_typed(
    aftercare: Page, client: Client
) -> None:
    named = client.get("/aftercare/").content
    twin = client.get("/aftercare.md").content.decode()
    words = PAGE_BODY.replace("> [!CARD] legs\n", SIGNS) + "\n[^one]: A leaflet of 2020.\n"
    publish(page=aftercare, words={**WORDS, "body": words}, by=None)
    assert named == client.get("/aftercare/").content
    assert twin.split() == client.get("/aftercare.md").content.decode().split()
    assert "Both legs are numb." in twin and "[!CARD]" not in twin


def test_a_changed_card_is_shown_and_found_at_once(
    aftercare: Page, card: Page, client: Client
) -> None:
    client.get("/aftercare/")
    bring_up_to_date()
    publish_card(card, body=CARD_BODY.replace("numb", "weak"))
    assert "Both legs are weak." in client.get("/aftercare/").content.decode()
    assert bring_up_to_date() == 1
    assert Passage.objects.filter(page=aftercare, text__contains="legs are weak").exists()
    assert bring_up_to_date() == 0


@pytest.mark.parametrize("address", ["/cards/legs/", "/cards/legs", "/cards/legs.md"])
def test_a_card_has_no_address(card: Page, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    withdraw(page=card, by=None)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("list_of_pages", ["/sitemap.xml", "/llms.txt", "/feed.atom", "/"])
def test_a_card_stands_in_no_list(aftercare: Page, client: Client, list_of_pages: str) -> None:
    live_page("home", "home", details={"headline": "Hello"})
    assert "cards/legs" not in client.get(list_of_pages).content.decode()


def test_a_card_that_is_not_there_shows_whom_to_call(client: Client) -> None:
    live_page("aftercare", body=PAGE_BODY)
    html = client.get("/aftercare/").content.decode()
    assert "[!CARD]" not in html
    assert "Call 9-1-1 in an emergency" in words_of(html)


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("> [!CARD] lags", "There is no card “lags”; write one of: legs"),
        ("> [!CARD] legs\n> and more", "A card is named on a line of its own"),
    ],
)
def test_a_name_that_no_card_has_keeps_words_from_going_live(
    card: Page, anna: User, client: Client, line: str, advice: str
) -> None:
    page = live_page("aftercare", body="Rest.\n")
    answer = save(client, page, body=f"Rest.\r\n\r\n{line}\r\n", action="publish")
    assert advice in answer.content.decode()
    assert page.revisions.past().first().body == "Rest.\n"


def test_a_comma_in_a_card_asks_for_one_signature(aftercare: Page, card: Page, anna: User) -> None:
    record = sign(aftercare, anna)
    assert "Not yet signed off" in Client().get("/aftercare/").content.decode()
    assert {one.page.path: one.state for one in standings()}["aftercare"] == CARD
    sign(card, anna)
    assert "Signed off by" in Client().get("/aftercare/").content.decode()
    publish_card(card, body=CARD_BODY.replace("numb", "numb, or weak"))
    assert "Not yet signed off" in Client().get("/aftercare/").content.decode()
    sign(card, anna)
    assert "Signed off by A. Sample, PT" in Client().get("/aftercare/").content.decode()
    assert SignOff.objects.filter(page=aftercare).get() == record


def test_a_sign_off_names_the_cards_that_were_read(
    aftercare: Page, card: Page, anna: User, client: Client
) -> None:
    named(anna, "A. Sample")
    address = reverse("admin:pages_signoff_read", args=[aftercare.pk])
    form = client.get(address).context["form"]
    told = {"reviewer_name": "A. Sample, PT", "has_read": "on"}
    told |= {name: form.initial[name] for name in ("review_due_on", "words_hash")}
    assert client.post(address, told).status_code == 302
    record = SignOff.objects.get(page=aftercare)
    assert {one.page.path for one in record.revisions.all()} == {"aftercare", "cards/legs"}
