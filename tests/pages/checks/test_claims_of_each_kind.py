"""Lists of harmless sentences and of claims: what the shipped rules block, advise on, and let pass.

The lists that were held out were written before the rules and looked at once, after them. Those "by kind"
were written before the rules for their kinds: seen for the first time, the rules were wrong about 21%, 7%
and 5% of their claims, and about 63% of those in the manner of real clinics' pages. So a list says what is
held, and nothing about sentences that nobody wrote down yet.

Those of "marketing" teach `learn_advertising`. Seen for the first time, the rules alone missed 21%, 44%,
65% and 85% of 1, 2, 3 and 5; together with what the lists before had taught, 25% of 3, 24% of 4 and 25%
of 5, which is the hardest. `unlearnt` was written last and teaches nothing: the rules alone miss 48% of
it, both together 2%. At first sight 0 to 3% of the harmless sentences of a list were refused, and 0 to 7%
got advice. `unlearnt_2`, in the manner of clinics' own pages: no claim missed, none of 50 harmless ones
refused, 4 advised at first sight, all facts about the house and its people; `practical` has taught that kind.
"""

import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from clinic_site.env import BASE_DIR
from clinic_site.pages.checks.claims import claims_in, doubtful_in
from clinic_site.pages.checks.house_rules import RulesError, current_rules, parse_rules
from tests.pages.writing import form_data, live_page

LISTS = BASE_DIR / "tests/data/claims"
SHORTEST = 60_000


def lines(name: str) -> list[str]:
    return Path(LISTS, f"{name}.txt").read_text(encoding="utf-8").splitlines()


def level_of(text: str, field: str = "body") -> str:
    """What the checks make of a sentence: block, advice, or "" where they say nothing."""
    words = {field: text}
    return "block" if claims_in(words) else "advice" if doubtful_in(words) else ""


def wrong_claims(name: str) -> list[str]:
    listed = [line.split("\t") for line in lines(name)]
    return [text for level, text in listed if not is_at_level(text, level)]


def is_at_level(text: str, level: str) -> bool:
    """Whether the checks tell a claim as its list has it: "found" is told at either level."""
    told = level_of(text)
    return bool(told) if level == "found" else told == level


@pytest.mark.parametrize(("name", "most"), [("harmless", 0), ("held_out_harmless", 3)])
def test_harmless_sentences_are_let_pass(name: str, most: int) -> None:
    blocked = [text for text in lines(name) if level_of(text) == "block"]
    assert len(blocked) <= most, blocked
    advised = [text for text in lines(name) if level_of(text) == "advice"]
    assert len(advised) <= 3, advised


@pytest.mark.parametrize(("name", "most"), [("claims", 0), ("held_out_claims", 3)])
def test_claims_are_found_at_their_level(name: str, most: int) -> None:
    wrong = wrong_claims(name)
    assert len(wrong) <= most, wrong


MARKETING = [f"marketing_{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    "name",
    [
        *("by_kind_1", "by_kind_2", "by_kind_3", "from_real_pages", "unlearnt", "unlearnt_2"),
        *MARKETING,
    ],
)
def test_at_most_five_in_a_hundred_are_judged_wrongly(name: str) -> None:
    wrong, listed = wrong_claims(f"{name}_claims"), lines(f"{name}_claims")
    assert len(wrong) <= 0.053 * len(listed), wrong
    harmless = lines(f"{name}_harmless")
    refused = [text for text in harmless if level_of(text) == "block"]
    assert len(refused) <= 0.01 * len(harmless), refused


@pytest.mark.parametrize("name", ["practical", "unlearnt_2"])
def test_facts_about_the_house_and_its_people_are_hardly_ever_advised_on(name: str) -> None:
    harmless = lines(f"{name}_harmless")
    advised = [text for text in harmless if level_of(text)]
    assert len(advised) <= 0.05 * len(harmless), advised


@pytest.mark.parametrize("field", ["title", "menu_title", "summary", "description"])
def test_each_line_of_a_page_is_read_like_its_text(field: str) -> None:
    assert level_of("The #1 IMS clinic in BC.", field) == "block"
    assert level_of("No treatment is without risk.", field) == ""


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("One.\n\n![The best IMS clinic](image:1)\n", 3),
        ('One.\n\n![A hand](image:1 "Painless needling")\n', 3),
        ('One\n[two](/faq/ "Painless needling")\n', 2),
        ("One.\n\n```\ncode\nPainless needling\n```\n", 5),
        ("One.\n\n    Painless needling\n", 3),
        ("One `painless needling`.\n", 1),
        ("One.[^1]\n\n[^1]: Painless needling.\n", 3),
        ("We are **the be**st\nclinic.\n", 1),
    ],
)
def test_what_stands_beside_the_text_is_read(body: str, line: int) -> None:
    assert [claim.line for claim in claims_in({"body": body})] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "The ＃１ clinic",
        "\U0001d7cf00% safe",
        "Pain\u2011free needling",
        "The best\u00a0clinic",
        "The b\u0435st clinic",
        "The BÉST CLINIC",
        "You won’t feel a thing",
        "You wont feel a thing",
        "Best ✨ clinic",
        "⭐⭐⭐⭐⭐ from Anna",
        "GUARANTEED",
        "The no. 1 clinic",
        "Dr. Sample’s painless needling",
        "Needling is\npainless.",
    ],
)
def test_signs_that_only_look_different_hide_no_claim(text: str) -> None:
    assert level_of(text) == "block"


@pytest.mark.parametrize(
    "text",
    [
        "We are not the best, we are THE best.",
        "We do not use drugs, we guarantee relief.",
        "Not only good but the best clinic.",
        "No drugs, guaranteed relief.",
        "We don’t promise: we cure.",
    ],
)
def test_a_denial_reaches_to_the_end_of_its_clause(text: str) -> None:
    assert level_of(text) == "block"


@pytest.mark.parametrize("rule", current_rules().claims, ids=lambda rule: rule.name)
def test_what_a_rule_tells_to_write_passes(rule: Any) -> None:
    assert rule.instead
    assert level_of(rule.instead) == ""


@pytest.mark.parametrize(
    "unit",
    [
        "a ", "two pain ", "not cure ", "cure ", "cure. ", "No. ", "A. ", ".", "?) ", "★ ", "1,1",
        "90 % of of our patients of ", "our patients better results than most of our ", "(", " \n",
        "Vancouver leading our best no . 1 100 % ", "a'", "![best](image:1)", "a - ", "e\u0301",
        "a few of our patients get ", "nine out of ten ", "my back is my neck ",
    ],
)  # fmt: skip
def test_hostile_texts_cost_little(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        began = time.process_time()
        claims_in({"title": text})
        return time.process_time() - began

    current_rules()
    short, long = seconds(SHORTEST // 4), seconds(SHORTEST)
    assert long < 3
    assert long < 12 * short + 0.2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("claims: [{name: a, phrases: [b], say: c, level: d}]", "another level"),
        ("claims: [{name: a, phrases: [<d> b], say: c}]", "a set that is not there"),
        ("claims: [{name: a, phrases: [b ..], say: c}]", "no words at its end"),
        ("claims: [{name: a, phrases: [.. b], say: c}]", "begins with dots"),
        ("claims: [{name: a, phrases: [b], say: c, passes: [d]}]", "a context that is not there"),
        ("contexts: {d: {within: 99}}\nclaims: [{name: a, phrases: [b], say: c}]", "from 1 to 50"),
        ("words: [d]\nclaims: [{name: a, phrases: [b], say: c}]", "under “words:”"),
    ],
)
def test_what_is_wrong_with_rules_is_said(text: str, words: str) -> None:
    with pytest.raises(RulesError, match=words):
        parse_rules(text)


@pytest.fixture
def anna(client: Client, db: None) -> None:
    user = User.objects.create_user("anna", is_staff=True)
    user.groups.set(Group.objects.filter(name="Editor"))
    client.force_login(user)


def asked(client: Client, body: str) -> dict[str, Any]:
    page = live_page()
    url = reverse("admin:pages_page_checks", args=[page.pk])
    return client.post(url, form_data(page, body=body)).json()


@pytest.mark.usefixtures("anna")
def test_the_editor_is_told_the_rule_why_and_what_to_write(client: Client) -> None:
    found = asked(client, "Rest.\n\nIMS cures migraine.")
    (fault,) = found["faults"]
    assert fault["line"] == 3
    for words in (
        "“cures” in “IMS cures migraine.” (rule: cure)",
        "nobody could show",
        "Write, for example",
    ):
        assert words in fault["message"]


@pytest.mark.usefixtures("anna")
def test_what_is_doubtful_is_advice_and_blocks_nothing(client: Client) -> None:
    found = asked(client, "An effective treatment for muscle pain.")
    assert found["faults"] == []
    assert "(rule: effect)" in found["advice"][0]["message"]
