"""Claims: what the rules find, and what they let pass."""

import json
from pathlib import Path
from typing import Any

import pytest

from clinic_site.env import BASE_DIR
from clinic_site.markup import read_source
from clinic_site.pages.checks.claims import claims_in, is_own
from clinic_site.pages.checks.house_rules import RulesError, current_rules, own_file, parse_rules
from clinic_site.pages.layouts import words_from

SEED = json.loads((BASE_DIR / "tests/data/seed_statements.json").read_text())["atoms"]
CLAIMS = {
    "Needling cures tennis elbow.": "cure",
    "A CURE for back pain.": "cure",
    "A c\u00adure for back pain.": "cure",
    "We ｃｕｒｅ headaches.": "cure",
    "Relief is guaranteed.": "guarantee",
    "There is a 100% chance.": "guarantee",
    "The best clinic in town.": "best",
    "We are specialists.": "title",
    "Needling is painless.": "painless",
    "It doesn’t hurt.": "painless",
    "You are well in three sessions.": "speed",
    "You are well in 3 sessions.": "speed",
    "You are well within a few sessions.": "speed",
    "Instant relief for you.": "speed",
    "Read the testimonials.": "testimonial",
    "Our patients say so.": "testimonial",
    "A five-star clinic.": "testimonial",
    "20 dollar discount today.": "offers",
    "Only a physiotherapist may perform IMS.": "only here",
}
FINE = (
    "IMS is not a cure.",
    "We cannot guarantee a result.",
    "It is best to eat beforehand.",
    "Needling is not painless.",
    "What happens in a session?",
    "Plan for three sessions at first.",
    "A secure place to park.",
    "We take no part in discussing prices.",
    "Ask a specialist doctor.",
)


@pytest.mark.parametrize("sentence", CLAIMS)
def test_a_claim_is_found(sentence: str) -> None:
    assert [claim.rule for claim in claims_in({"body": sentence})] == [CLAIMS[sentence]]


@pytest.mark.parametrize("sentence", FINE)
def test_careful_words_pass(sentence: str) -> None:
    assert claims_in({"body": sentence}) == []


@pytest.mark.parametrize("field", ["title", "menu_title", "summary", "description", "body"])
def test_every_field_is_read(field: str) -> None:
    found = claims_in({field: "Needling cures pain."})
    assert [(claim.field, claim.line) for claim in found] == [(field, 1)]


def test_details_are_read() -> None:
    found = claims_in({"details": {"facts": [{"label": "Pain", "value": "painless"}]}})
    assert [claim.field for claim in found] == ["details.facts"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Rest.\n\n## Drink\n\nOne line.\nNeedling cures pain.\n", 6),
        ("Label\n: Needling cures pain.\n", 2),
        ("- one\n- a cure\n", 2),
        ("> [!NOTE]\n> A\n> cure.\n", 2),
        ("| a | b |\n|---|---|\n| c | cures |\n", 3),
        ("Needling **cures** pain.", 1),
        ("[A cure](/faq/)", 1),
    ],
)
def test_a_claim_has_its_line(body: str, line: int) -> None:
    assert [claim.line for claim in claims_in({"body": body})] == [line]


@pytest.mark.parametrize("atom", SEED, ids=lambda atom: atom["id"])
def test_the_clinics_own_statements_pass_word_for_word(atom: dict[str, Any]) -> None:
    assert is_own(atom["text"])
    assert claims_in({"body": atom["text"]}) == []


def test_another_word_in_a_statement_is_not_its_own_any_more() -> None:
    assert not is_own("Many patients experience instant pain relief after treatment")


def test_what_the_site_ships_makes_no_claim() -> None:
    found = {}
    for path in sorted((BASE_DIR / "content").rglob("*.md")):
        source = read_source(path.read_bytes())
        found |= {
            (path.name, claim.sentence): 1
            for claim in claims_in(words_from(source.front, source.body))
        }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("claims: [", "not YAML (line"),
        ("- a", "under “claims:”"),
        ("claims: []", "under “claims:”"),
        ("claims: [{name: a}]", "needs its phrases"),
        ("claims: [{name: a, phrases: [b]}]", "needs “phrases:” and “say:”"),
        ("claims: [{name: a, phrases: ['*'], say: c}]", "without words"),
        ("claims: [{name: a, phrases: [100], say: c}]", "without words"),
        ("claims: [{name: a, phrases: [b], say: c, ulness: [d]}]", "not known: ulness"),
    ],
)
def test_rules_that_cannot_be_understood_say_why(text: str, words: str) -> None:
    with pytest.raises(RulesError, match=words.replace("(", r"\(")):
        parse_rules(text)


@pytest.fixture
def own_rules(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return own_file()


def test_the_clinics_own_rules_take_the_place_of_the_shipped(own_rules: Path) -> None:
    own_rules.write_text("claims:\n  - {name: fun, phrases: [fun*], say: Be calm.}\n")
    assert [claim.rule for claim in claims_in({"body": "Funny. A cure."})] == ["fun"]


def test_rules_that_cannot_be_read_let_no_claim_pass(own_rules: Path) -> None:
    own_rules.write_text("claims: [")
    assert [claim.rule for claim in claims_in({"body": "A cure."})] == ["cure"]
    assert "The shipped rules are in force" in current_rules().trouble
