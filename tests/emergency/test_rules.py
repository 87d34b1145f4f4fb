"""The file of phrases: what is wrong in it is said with its place and what to write."""

import pytest

from clinic_site.emergency.rules import PhrasesError, Rules, shipped_rules

FILE = """
joins: {{can not: cant}}
small: a the
lists: {{pain: pain hurts}}
kinds: [{{level: {level}, name: chest, phrases: ["{phrase}"]}}]
harmless: ["{harmless}"]
slips: chest
"""


def read(
    *, level: str = "9-1-1", phrase: str = "chest .. <pain>", harmless: str = "chest press"
) -> Rules:
    return Rules.read(FILE.format(level=level, phrase=phrase, harmless=harmless), "chess")


def test_a_good_file_is_read() -> None:
    assert read().words == {"chest", "pain", "hurts", "press"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"level": "red"}, "“chest” in phrases.yaml needs a level: 9-1-1"),
        ({"phrase": "chest .. <bad>"}, "“chest .. <bad>” in phrases.yaml: there is no list 'bad'"),
        ({"phrase": "chest, pain"}, "“chest,” in “chest, pain” in phrases.yaml is no word"),
        ({"phrase": "the a"}, "“the a” in phrases.yaml has no word"),
        ({"harmless": "Chest"}, "“Chest” in “Chest” in phrases.yaml is no word"),
    ],
)
def test_a_mistake_is_named(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(PhrasesError) as error:
        read(**wrong)
    assert said in str(error.value)


@pytest.mark.parametrize("text", ["", "kinds: [", "kinds: []", "- 1"])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(PhrasesError, match=r"phrases\.yaml cannot be read"):
        Rules.read(text, "")


def test_a_slip_is_forgiven_only_where_a_phrase_knows_the_word() -> None:
    rules = shipped_rules()
    stems = tuple(word[:-1] for word in rules.words if word.endswith("*"))
    words = [word for words in rules.slips.values() for word in words]
    assert [word for word in words if word not in rules.words and not word.startswith(stems)] == []
