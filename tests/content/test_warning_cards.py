"""Warning cards: the right signs at the right level, the same on each page, and what to do first."""

import re
from pathlib import Path

import pytest

from tests.content import reading
from tests.content.reading import ContentFile, WarningCard, content_file, seed, warning_cards

TEMPLATES = Path(__file__).parents[2] / "templates"
FULL = ("safety.md", "aftercare.md")
WITH_CARDS = [file for file in reading.all_files() if warning_cards(file.document.html)]
EVERY_FILE_WITH_CARDS = pytest.mark.parametrize("file", WITH_CARDS, ids=lambda file: file.name)
FULL_PAGE = pytest.mark.parametrize("name", FULL)
BACK_AND_LEGS = "Emergency now: back and legs"
MOST_SIGNS = {"call": 5, "emergency": 5, "today": 4}
RIDE = (
    "Do not drive yourself. If you have no ride, or your emergency department is closed,"
    " call 9-1-1."
)
SEEN_TODAY = (
    "See a doctor, nurse practitioner or urgent care centre today. If you cannot be seen today,"
    " call 8-1-1. If it gets worse, go to emergency."
)
IN_SHORT = (
    "for chest pain, chest tightness or trouble breathing. After needling, also for a new dry"
    " cough, or a sharp pain when you breathe in."
)
SIGNS = {
    "call": (
        "Chest pain or tightness, or trouble breathing.",
        "New sharp pain in your chest, side, shoulder or upper back, worse when you breathe in.",
        "Short of breath, or a new dry cough, after needling near neck, shoulder, upper back or"
        " ribs.",
        "An arm or leg turns weak or numb, or sudden severe neck or back pain, after needling near"
        " the spine.",
        "New neck pain or headache, unlike any before, with dizziness, double vision, drooping"
        " face or unsteady walking.",
        "Pain in chest, jaw, arm, neck or upper back with sweating, sickness or short breath.",
        "Swelling of face, lips or throat, or hives with trouble breathing.",
        "Sudden severe or tearing pain in the back, chest or belly; feeling faint or sweaty.",
        "You are confused or hard to wake.",
    ),
    "emergency": (
        "Trouble peeing, or numb between the legs, after needling or at any other time.",
        "You cannot hold pee or poo, or cannot feel when you need to pee.",
        "One leg or foot is newly weak or growing weaker: you cannot lift your foot, or your leg"
        " gives way.",
        "Shooting pain, weakness or numbness in both legs.",
        "A hot, red or sore spot, and you have a fever or you shiver.",
        "Redness that spreads fast, or pain far worse than it looks.",
        "A joint that is hot, swollen or hard to move, with or without fever.",
        "A spot that looks infected near a joint replacement, or if your immunity is weak.",
        "Blood in pee, or belly pain that grows, after needling.",
    ),
    "today": (
        "A spot that looks infected: warm, growing, with pus or a red line. With fever or shivers:"
        " emergency now.",
        "One leg or arm newly swollen, warm or sore (a possible clot). With chest pain or short"
        " breath: 9-1-1.",
    ),
}
TELL_US = (
    *("pregnant, or might be", "trying for a baby", "at each visit", "blood thinners"),
    *("bleed easily", "haemophilia", "fever or an infection", "weak immunity", "transplant"),
    *("steroids", "biologics", "spleen", "a wound", "surgery in the last", "cortisone shot"),
    *("joint replacement, even if years ago", "cancer, now or before", "lump", "lymphedema"),
    *("on any side", "radiation", "heart valve", "implants in breast, buttock or chest"),
    *("pacemaker", "defibrillator", "nerve stimulator", "pump", "sensor", "port", "shunt"),
    *("mesh", "plates", "diabetes", "epilepsy", "lung disease", "collapsed lung", "smoking"),
    *("very slim", "fainted", "metal", "nickel", "latex", "skin cleaner", "psoriasis"),
    *("varicose veins", "fly or dive", "alcohol or drugs", "afraid of needles", "warfarin"),
    *("eliquis", "xarelto", "pradaxa", "lixiana", "heparin", "fragmin", "enoxaparin", "asa"),
    *("plavix", "brilinta", "prasugrel"),
)


def cards_of(name: str) -> list[WarningCard]:
    return warning_cards(content_file(name).document.html)


def signs_at(name: str, level: str) -> str:
    return "\n".join(sign for card in cards_of(name) if card.level == level for sign in card.signs)


@EVERY_FILE_WITH_CARDS
def test_a_card_says_that_one_sign_is_enough_and_what_to_tell(file: ContentFile) -> None:
    for card in warning_cards(file.document.html):
        assert "One sign is enough." in card.words, card.title
        assert card.words.endswith("Tell them you had dry needling: where, and when."), card.title


@EVERY_FILE_WITH_CARDS
def test_a_card_is_short_enough_to_be_read(file: ContentFile) -> None:
    many = {
        card.title: len(card.signs)
        for card in warning_cards(file.document.html)
        if len(card.signs) > MOST_SIGNS.get(card.level, 6)
    }
    assert many == {}


@EVERY_FILE_WITH_CARDS
def test_each_level_says_whom_to_turn_to(file: ContentFile) -> None:
    for card in warning_cards(file.document.html):
        if card.level == "emergency":
            assert card.words.startswith(f"{card.title} Go to an emergency department now. {RIDE}")
            assert card.buttons == ("tel:911",)
        if card.level == "today":
            assert card.words.startswith(f"{card.title} {SEEN_TODAY}")
            assert card.buttons == ("tel:811",)
        if card.level == "call" and card.signs:
            assert card.title.startswith("Call 9-1-1")
            assert card.buttons == ("tel:911",)


def test_a_card_is_the_same_on_each_page() -> None:
    met: dict[str, set[WarningCard]] = {}
    for file in WITH_CARDS:
        for card in warning_cards(file.document.html):
            met.setdefault(card.title, set()).add(card)
    assert len(met) >= 9
    assert {title: cards for title, cards in met.items() if len(cards) > 1} == {}


@pytest.mark.parametrize("level", SIGNS)
@FULL_PAGE
def test_the_signs_that_must_stand_there_stand_at_their_level(name: str, level: str) -> None:
    told = signs_at(name, level)
    assert [sign for sign in SIGNS[level] if sign not in told] == []


@FULL_PAGE
def test_a_punctured_lung_has_no_end_of_its_time_and_may_start_mild(name: str) -> None:
    card = cards_of(name)[0]
    assert card.title == "Call 9-1-1: chest, breath or heart"
    assert "minutes, hours or days later. In one reported case, two days." in card.words
    assert "It can start mild. Do not wait to see if it passes." in card.words


@FULL_PAGE
def test_help_with_thoughts_of_death_is_at_hand(name: str) -> None:
    links = {link.href for link in content_file(name).document.links}
    assert "tel:988" in links
    assert "Call or text 9-8-8, day and night." in reading.words_of(
        content_file(name).document.html
    )


@pytest.mark.parametrize("name", ["safety.md", "aftercare.md", "book.md", "clinic.md"])
def test_where_it_may_matter_the_page_says_when_to_call_9_1_1(name):
    file = content_file(name)
    assert "call" in {card.level for card in cards_of(name)}
    assert {"tel:911", "tel:811"} <= {link.href for link in file.document.links}


def test_nothing_that_may_be_an_infection_is_sent_to_the_clinic() -> None:
    to_us = signs_at("aftercare.md", "soon")
    assert to_us
    assert re.findall(r"infect|pus\b|fever|shiver|joint|spread|warm|red line", to_us) == []


def test_no_list_of_signs_stands_outside_a_card_with_a_level() -> None:
    for name in FULL:
        outside = re.sub(r"<aside.*?</aside>", "", content_file(name).document.html, flags=re.S)
        lists = re.findall(r"<p>[^<]*<a href=\"/clinic/\">.{0,200}?<ul", outside, re.DOTALL)
        assert [one for one in lists if " if" in one] == [], name


@pytest.mark.parametrize("file", reading.all_files(), ids=lambda file: file.name)
def test_who_is_asked_about_nerve_pain_has_read_the_signs_of_the_spine(file: ContentFile) -> None:
    invites = [
        atom["text"]
        for atom in seed()
        if "neuropathic" in atom["text"] and re.match(r"(benefits|consider\.4)", atom["id"])
    ]
    html = file.document.html
    places = [html.find(words) for words in invites if words in html]
    if places:
        assert 0 <= html.find(BACK_AND_LEGS) < min(places)


def test_two_pages_ask_about_nerve_pain() -> None:
    titled = [
        file.name
        for file in WITH_CARDS
        if BACK_AND_LEGS in {card.title for card in warning_cards(file.document.html)}
    ]
    assert {"benefits.md", "is-it-for-me.md", *FULL} <= set(titled)


def in_short() -> list[tuple[str, str]]:
    """Where the signs are told in one line, with the words around them."""
    files = [(file.name, reading.words_of(file.document.html)) for file in reading.all_files()]
    for path in sorted(TEMPLATES.rglob("enquir*")):
        if path.is_file():
            files.append((path.name, reading.words_of(path.read_text("utf-8"))))
    return [(name, words) for name, words in files if "chest tightness" in words]


def test_the_signs_in_one_line_are_the_same_wherever_they_stand() -> None:
    told = in_short()
    assert len(told) >= 5
    assert [name for name, words in told if IN_SHORT not in words] == []


@pytest.mark.parametrize("item", TELL_US)
def test_what_to_tell_us_first_is_complete(item: str) -> None:
    section = next(
        section
        for section in content_file("safety.md").document.sections
        if section.anchor == "tell-us-before-we-start"
    )
    words = " ".join((section.text, *(part.text for part in section.items))).casefold()
    assert item in words


@pytest.mark.parametrize("sign", ["kidney", "bladder", "bowel", "nerve injury", "deep bleed"])
def test_the_rare_but_serious_harms_are_all_named(sign: str) -> None:
    section = next(
        section
        for section in content_file("safety.md").document.sections
        if section.anchor == "rare-but-serious"
    )
    assert sign in section.text


@pytest.mark.parametrize("file", reading.all_files(), ids=lambda file: file.name)
def test_what_to_do_stands_before_how_rare_it_is(file: ContentFile) -> None:
    words = " ".join((str(file.front.get("summary", "")), reading.words_of(file.document.html)))
    rare = re.search(r"\b(very )?rare\b", words)
    if rare:
        assert re.search(r"\bsigns\b|9-1-1", words[: rare.start()]), words[: rare.end()]


def test_how_needling_feels_is_not_sold_as_a_result() -> None:
    html = reading.words_of(content_file("first-session.md").document.html)
    assert "How it feels does not tell if it will help." in html


def test_no_page_says_that_needling_mends_a_tear_sooner() -> None:
    words = reading.words_of(content_file("benefits.md").document.html)
    assert "We found no study that needling heals a torn muscle or tendon faster." in words
