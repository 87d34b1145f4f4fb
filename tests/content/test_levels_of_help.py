"""Whom to call, on every health page: each sign at the level that the clinicians gave it, the most urgent one first."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from clinic_site.emergency.levels import Level
from clinic_site.emergency.matching import levels_in
from clinic_site.pages.layouts import LAYOUTS, has_own_address
from tests.content import reading
from tests.content.reading import WarningCard, content_file, warning_cards

DATA = Path(__file__).parents[1] / "data"
SIGNS = json.loads((DATA / "levels_of_signs.json").read_text(encoding="utf-8"))["pages"]
LEVELS = ("call", "emergency", "today", "soon")
TYPED = {"call": Level.AMBULANCE, "emergency": Level.EMERGENCY}
EACH_CONDITION = pytest.mark.parametrize("name", SIGNS)
HEALTH_PAGES = [
    file
    for file in reading.all_files()
    if file.front.get("health") and has_own_address(layout=file.front["layout"], body=file.body)
]
CHEST_AND_BREATH = re.compile(
    r"chest pain.{0,60}\bbreath|short of breath, chest pain", re.IGNORECASE
)
# What somebody means by these depends on what went before, which the sign tells and the words alone do not
ONLY_IN_PLACE = ("A muscle that is hard, very tight or numb, with pain far beyond the injury.",)


def cards_of(name: str) -> list[WarningCard]:
    return warning_cards(content_file(f"{name}.md").document.html)


@EACH_CONDITION
def test_each_sign_stands_at_the_level_that_it_was_given(name: str) -> None:
    at = {level: "\n".join(c.words for c in cards_of(name) if c.level == level) for level in LEVELS}
    wrong = [
        (one["level"], one["sign"]) for one in SIGNS[name] if one["sign"] not in at[one["level"]]
    ]
    assert wrong == []


def test_the_levels_are_those_of_all_fourteen() -> None:
    assert {f"{name}.md" for name in SIGNS} == {
        file.name for file in reading.children_of("conditions")
    }
    assert sum(map(len, SIGNS.values())) > 110


@EACH_CONDITION
def test_what_is_seen_first_begins_with_9_1_1_and_goes_down(name: str) -> None:
    first, fold, _ = content_file(f"{name}.md").document.html.partition('id="more-signs"')
    levels = [LEVELS.index(card.level) for card in warning_cards(first)]
    assert fold
    assert levels == sorted(levels)
    assert levels[0] == LEVELS.index("call")


@pytest.mark.django_db
@pytest.mark.parametrize("file", HEALTH_PAGES, ids=lambda file: file.name)
def test_every_health_page_says_when_to_call_9_1_1(
    file: reading.ContentFile, published: None, client: Client
) -> None:
    name = file.name.removesuffix(".md").removesuffix("index").strip("/")
    html = client.get("/" if name == "home" else f"/{name}/").content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    assert CHEST_AND_BREATH.search(" ".join(main.split()))
    assert 'href="tel:911"' in main


def test_there_are_many_health_pages_of_many_kinds() -> None:
    kinds = {file.front["layout"] for file in HEALTH_PAGES}
    assert len(HEALTH_PAGES) > 20
    assert (
        {"home", "faq", "glossary", "phases", "walkthrough", "condition"} <= kinds <= set(LAYOUTS)
    )


def urgent_signs() -> set[tuple[str, str]]:
    return {
        (card.level, sign)
        for file in reading.all_files()
        for card in warning_cards(file.document.html)
        if card.level in TYPED
        for sign in card.signs
        if sign not in ONLY_IN_PLACE
    }


def test_a_sign_of_our_own_cards_alarms_when_it_is_typed() -> None:
    signs = urgent_signs()
    assert len(signs) > 70
    assert sorted(sign for _, sign in signs if not levels_in(sign)) == []
