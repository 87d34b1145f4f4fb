"""The reading grade: the published formula, and the syllables that are heard."""

import pytest

from clinic_site.markup.prose.readability import grade, syllables


def test_the_grade_is_the_published_formula():
    assert grade("The cat sat. It was a hot day.") == pytest.approx(0.39 * 4 + 11.8 * 1 - 15.59)


def test_a_known_sentence_has_its_known_grade():
    platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade(platypus) == pytest.approx(0.39 * 13 + 11.8 * 26 / 13 - 15.59, abs=2)


def test_plain_words_read_more_easily_than_the_clinical_ones():
    clinical = "The insertion of the needle may elicit a local twitch response."
    plain = "Your muscle may jump for a moment. This is called a twitch."
    assert grade(plain) < 6 < grade(clinical)


@pytest.mark.parametrize("text", ["", "   \n\n", "* * *", "…"])
def test_a_text_without_words_has_grade_0(text):
    assert grade(text) == 0.0


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ache", 1), ("used", 1), ("times", 1), ("needles", 2), ("muscle", 2), ("treated", 2),
        ("about", 2), ("area", 2), ("injury", 3), ("usually", 4), ("long-lasting", 3),
        ("people’s", 2), ("9-1-1", 1), ("IMS", 1), ("a", 1), ("I", 1), ("hmm", 1),
    ],
)  # fmt: skip
def test_syllables_are_those_that_are_heard(word, expected):
    assert syllables(word) == expected
