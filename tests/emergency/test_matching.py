"""What somebody writes who needs help: the right level by kinds of phrases, and no alarm at everyday words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.emergency.levels import NAMED, Level
from clinic_site.emergency.matching import MOST, is_slip, levels_in
from clinic_site.emergency.rules import shipped_rules
from tests.emergency.phrases import harmless, urgent

AMBULANCE, CRISIS = (Level.AMBULANCE,), (Level.CRISIS,)
EMERGENCY, TODAY, NUMBERS = (Level.EMERGENCY,), (Level.TODAY,), (Level.NUMBERS,)


def test_urgent_phrases_have_their_level() -> None:
    found = {typed: (level, levels_in(typed)) for typed, level in urgent()}
    wrong = {typed: both for typed, both in found.items() if both[1] != (NAMED[both[0]],)}
    assert len(found) > 180
    assert wrong == {}


def test_everyday_words_do_not_alarm() -> None:
    found = {typed: levels_in(typed) for typed in harmless()}
    assert len(found) > 120
    assert {typed: levels for typed, levels in found.items() if levels} == {}


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("strok", AMBULANCE),
        ("brething problems", AMBULANCE),
        ("shortnes of breath", AMBULANCE),
        ("suicde", CRISIS),
        ("i am sucidal", CRISIS),
        ("siezure", AMBULANCE),
        ("blader control lost", EMERGENCY),
        ("swolen calf", TODAY),
        ("is this an emergancy", NUMBERS),
        ("Breeeeeathing is hard", AMBULANCE),
    ],
)
def test_a_slip_of_the_fingers_is_forgiven(typed: str, levels: tuple[Level, ...]) -> None:
    assert levels_in(typed) == levels


def test_a_slip_in_a_telling_word_changes_no_level() -> None:
    rules = shipped_rules()
    telling = {word for words in rules.slips.values() for word in words if len(word) > 4}
    slipped = {
        typed.replace(word, slip): level
        for typed, level in urgent()
        for word in telling & set(typed.split())
        for slip in slips_of(word)
        if slip not in rules.plain and not any(is_slip(slip, one) for one in telling - {word})
    }
    wrong = {
        typed: level for typed, level in slipped.items() if levels_in(typed) != (NAMED[level],)
    }
    assert len(slipped) > 500
    assert wrong == {}


def slips_of(word: str) -> set[str]:
    """Its middle letter left out, typed twice, and changed with the one before."""
    at = len(word) // 2
    before, letter, after = word[:at], word[at], word[at + 1 :]
    turned = word[: at - 1] + letter + word[at - 1] + after
    return {before + after, before + letter + letter + after, turned}


@pytest.mark.parametrize(
    "typed",
    [
        "heat pain",
        "chess pain",
        "pain in my breast",
        "cheat pain",
        "i cant breach the wall",
        "smelling throat",
        "stoke",
        "strike",
        "fewer after needling",
        "an infection of the bowl",
        "Bowen therapy lost control",
    ],
)
def test_a_plain_word_is_no_slip(typed: str) -> None:
    assert levels_in(typed) == ()


def test_no_plain_word_counts_as_an_urgent_one() -> None:
    rules = shipped_rules()
    near = {
        one: meant
        for one in rules.plain
        for meant in rules.slips.get(one[0], ())
        if is_slip(one, meant) and one != meant
    }
    assert len(near) > 80, "the list holds words that a slip could be taken for"
    assert {one for one in near if levels_in(f"{one} {one}")} == set()


@pytest.mark.parametrize(
    "typed",
    [
        "I can't breathe",
        "I can’t breathe",
        "cant breathe",
        "CANNOT BREATHE",
        "can not really breathe",
    ],
)
def test_every_way_to_say_cannot_is_one(typed: str) -> None:
    assert levels_in(typed) == AMBULANCE


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("numb between my legs", EMERGENCY),
        ("numb legs, and between us I am afraid", ()),
        ("stroke the sore spot", ()),
        ("was that a stroke", AMBULANCE),
        ("I want to die", CRISIS),
        ("dying to try what I want", ()),
        ("fever after needling", TODAY),
        ("do you needle after a fever", ()),
    ],
)
def test_the_order_of_words_counts(typed: str, levels: tuple[Level, ...]) -> None:
    assert levels_in(typed) == levels


@pytest.mark.parametrize(
    "typed",
    [
        "no chest pain",
        "I have no chest pain or shortness of breath",
        "No numbness or weakness. No bladder problems.",
        "I am not suicidal",
        "my dad had a stroke 3 years ago",
        "I broke my leg two years ago",
    ],
)
def test_what_is_denied_or_long_past_does_not_alarm(typed: str) -> None:
    assert levels_in(typed) == ()


def test_a_denial_hides_nothing_else() -> None:
    assert levels_in("No chest pain, but I cannot breathe") == AMBULANCE
    assert levels_in("No, chest pain") == AMBULANCE


def test_words_far_apart_are_not_one_sign() -> None:
    between = "and then we went for a long walk along the sea with our two dogs. "
    assert levels_in(f"My chest is fine {between * 2} My shoulder is tight") == ()


def test_the_highest_level_wins() -> None:
    assert levels_in("my calf is swollen and I have chest pain") == AMBULANCE
    assert levels_in("my calf is swollen", "and I cannot pee") == EMERGENCY
    assert levels_in("should I go to the ER? My calf is swollen and hot") == TODAY


def test_thoughts_of_death_stand_beside_what_the_body_needs() -> None:
    assert levels_in("I took too many pills. I want to die") == (Level.AMBULANCE, Level.CRISIS)
    assert levels_in("I cannot pee and I want to die") == (Level.CRISIS, Level.EMERGENCY)


def test_a_message_of_some_length_is_read_to_its_end() -> None:
    message = "My back hurts when I sit at my desk. " * 12
    assert levels_in(f"{message}And since today I cannot pee.") == EMERGENCY


def test_no_more_is_read_than_a_message_can_hold_many_times() -> None:
    assert levels_in("x " * (MOST // 2) + "chest pain") == ()


@given(st.text(max_size=300))
def test_anything_may_be_typed(typed: str) -> None:
    levels = levels_in(typed)
    assert list(levels) == sorted(set(levels), reverse=True)
    assert len(levels) <= 2
