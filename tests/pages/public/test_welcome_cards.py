"""Cards of welcome in other languages: patients find one once somebody who reads it has signed its very words."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from clinic_site.markup import read_source
from clinic_site.markup.languages import direction, language_tag
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.actions.review_state import live_revisions, standings, to_confirm
from clinic_site.pages.actions.sign_off import Answer, items_of, sign_off
from clinic_site.pages.checks.style import advice_for
from clinic_site.pages.layouts import words_from
from clinic_site.pages.models import Page
from clinic_site.search.index.indexing import bring_up_to_date
from tests.pages.writing import confirmed, live_page, named, save, staff

pytestmark = pytest.mark.django_db
CARDS = sorted((Path(settings.BASE_DIR) / "content" / "welcome").glob("*.md"))
ASKED = ["“Bienvenue” says: “Welcome”."]
FRENCH = {
    "title": "Bienvenue",
    "menu_title": "Français",
    "summary": "Veuillez nous appeler.",
    "description": "Une clinique.",
    "body": "- En cas d’urgence, appelez le [9-1-1](tel:911).\n",
    "health": False,
    "details": {"language": "fr", "other_names": ["French"], "please_confirm": ASKED},
}
FARSI = {**FRENCH, "title": "خوش آمدید", "menu_title": "فارسی", "details": {"language": "fa"}}


@pytest.fixture
def card() -> Page:
    return live_page("welcome/fr", "welcome", **FRENCH)


def sign(page: Page, *, struck_because: str = "") -> None:
    """Somebody who reads the language signs the card, with each item confirmed or struck."""
    revisions = live_revisions(page)
    answers = confirmed(*revisions)
    if struck_because:
        answers = [Answer(item, struck_because) for item in items_of(revisions)]
    user = User.objects.filter(username="rita").first() or named(staff("rita"), "Rita Sample")
    sign_off(page=page, revisions=revisions, answers=answers, by=user, reviewer_name="Rita Sample")


def test_nobody_finds_a_card_before_it_is_signed(client: Client, card: Page) -> None:
    live_page("home", "home", details={"headline": "Move"})
    bring_up_to_date()
    assert client.get("/welcome/fr/").status_code == 404
    assert client.get("/welcome/fr").status_code == 404
    assert client.get("/welcome/fr.md").status_code == 404
    for address in ("/sitemap.xml", "/llms.txt", "/feed.atom", "/search/?q=bienvenue", "/"):
        assert "/welcome/fr" not in client.get(address).content.decode(), address


def test_a_signed_card_is_found_everywhere(client: Client, card: Page) -> None:
    live_page("home", "home", details={"headline": "Move"})
    sign(card)
    bring_up_to_date()
    assert client.get("/welcome/fr/").status_code == 200
    assert client.get("/welcome/fr.md").status_code == 200
    for address in ("/sitemap.xml", "/llms.txt", "/search/?q=french", "/"):
        assert "/welcome/fr" in client.get(address).content.decode(), address


def test_another_word_takes_the_card_away_until_it_is_read_again(
    client: Client, card: Page
) -> None:
    sign(card)
    publish(page=card, words={**FRENCH, "title": "Bonjour"}, by=None)
    assert client.get("/welcome/fr/").status_code == 404
    sign(card)
    assert client.get("/welcome/fr/").status_code == 200


def test_a_card_with_something_struck_stays_away_until_a_later_reviewer_confirms(
    client: Client, card: Page
) -> None:
    sign(card, struck_because="It says goodbye.")
    assert client.get("/welcome/fr/").status_code == 404
    assert [one.state for one in to_confirm()] == ["struck"]
    sign(card)
    assert client.get("/welcome/fr/").status_code == 200


@pytest.mark.parametrize(("words", "tag", "way"), [(FRENCH, "fr", "ltr"), (FARSI, "fa", "rtl")])
def test_the_page_names_its_language_and_the_frame_its_own(
    client: Client, words: dict[str, object], tag: str, way: str
) -> None:
    sign(live_page(f"welcome/{tag}", "welcome", **words))
    html = client.get(f"/welcome/{tag}/").content.decode()
    assert f'<html lang="{tag}" dir="{way}">' in html
    for part in ("header", "footer"):
        assert re.search(rf'<{part} [^>]*lang="en-CA" dir="ltr"', html), part
    assert f'"inLanguage":"{tag}"' in html and "og:locale" not in html


def test_cards_name_each_other_as_the_same_in_another_language(client: Client, card: Page) -> None:
    other = live_page("welcome/fa", "welcome", **FARSI)
    sign(card)
    assert 'hreflang="fa"' not in client.get("/welcome/fr/").content.decode()
    sign(other)
    head = client.get("/welcome/fr/").content.decode().partition("</head>")[0]
    assert re.findall(r'rel="alternate" hreflang="(\w+)"', head) == ["fa", "fr"]


def test_other_pages_lead_to_a_signed_card_in_its_own_words(client: Client, card: Page) -> None:
    live_page("clinic", "clinic")
    sign(card)
    html = client.get("/clinic/").content.decode()
    assert '<a href="/welcome/fr/" lang="fr" hreflang="fr" dir="ltr">Français</a>' in html


def test_a_reviewer_reads_and_signs_a_card_that_patients_do_not_find(
    client: Client, card: Page
) -> None:
    rita = named(User.objects.create_user("rita", is_staff=True), "Rita Sample")
    rita.groups.set(Group.objects.filter(name="Reviewer"))
    client.force_login(rita)
    assert "Bienvenue" in client.get(reverse("admin:pages_signoff_changelist")).content.decode()
    address = reverse("admin:pages_signoff_read", args=[card.pk])
    form = client.get(address).context["form"]
    data = dict(form.initial.items()) | {"has_read": "on", form.to_confirm[0].confirms.name: "on"}
    assert client.post(address, data).status_code == 302
    assert client.get("/welcome/fr/").status_code == 200


def test_cards_do_not_count_as_health_pages_that_wait_for_a_physiotherapist(card: Page) -> None:
    assert standings() == []


def test_checks_of_english_leave_another_language_alone(card: Page) -> None:
    long = "mot " * 40
    words = {**FRENCH, "summary": f"{long}.", "body": f"{long}.\n"}
    assert advice_for({**words, "details": {}}, frozenset()) != []
    assert advice_for(words, frozenset()) == []


def test_staff_may_write_a_card_in_a_language_more(client: Client, card: Page) -> None:
    client.force_login(staff("anna"))
    answer = save(client, card, details_language="ko", details_other_names="Korean")
    assert answer.status_code == 302
    assert card.revisions.first().details["language"] == "ko"


@pytest.mark.parametrize("tag", ["en", "en-CA", "French", "", None, "zh_Hans", "fr\n"])
def test_a_language_is_refused_that_is_not_the_tag_of_another_one(tag: object) -> None:
    assert list(language_tag(tag))


@pytest.mark.parametrize(
    ("tag", "way"), [("fa", "rtl"), ("ur", "rtl"), ("pa", "ltr"), ("pa-Arab", "rtl"), ("", "ltr")]
)
def test_the_way_of_writing_goes_by_language_and_script(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize("file", CARDS, ids=lambda file: file.stem)
def test_each_shipped_card_has_five_sentences_and_the_english_of_each_for_its_reviewer(
    file: Path,
) -> None:
    source = read_source(file.read_bytes())
    words = words_from(source.front, source.body)
    lines = [line.removeprefix("- ") for line in source.body.splitlines() if line.startswith("- ")]
    assert len(lines) == 4 and "(tel:911)" in lines[2] and "(tel:811)" in lines[3]
    asked = " ".join(words["details"]["please_confirm"])
    for line in (words["title"], words["menu_title"], words["summary"], *lines):
        plain = re.sub(r"\[(.+?)\]\(.+?\)", r"\1", line)
        assert f"“{plain}”" in asked, plain


def test_six_cards_are_shipped() -> None:
    tags = {read_source(file.read_bytes()).front["language"] for file in CARDS}
    assert tags == {"fr", "pa", "zh-Hans", "zh-Hant", "tl", "fa"}
