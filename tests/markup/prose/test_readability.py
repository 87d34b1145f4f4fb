"""The reading grade: the published formula, over words and sentences as a reader sees them."""

import pytest

from clinic_site.markup.prose.readability import grade, sentences, syllables, words


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
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
        ("It was 19.18% of 7,629 treatments.", ["It was 19.18% of 7,629 treatments."]),
        ("A heading\n\nAn item\n\n---\n\nThe end", ["A heading", "An item", "The end"]),
        ("One line\nand the next.", ["One line and the next."]),
        ("The No. 1 of us. No. It is not.", ["The No. 1 of us.", "No.", "It is not."]),
        ("See Dr. Sample at 8 p.m. Monday.", ["See Dr. Sample at 8 p.m. Monday."]),
        ("We open at 8 a.m. Call us.", ["We open at 8 a.m.", "Call us."]),
        (
            "Rest, e.g. in bed, approx. 3.5 hours vs. 4.",
            ["Rest, e.g. in bed, approx. 3.5 hours vs. 4."],
        ),
        ("J. R. Sample is at St. Paul's. Come.", ["J. R. Sample is at St. Paul's.", "Come."]),
        ("Take vitamin C. Then rest.", ["Take vitamin C.", "Then rest."]),
        ("Well… it depends... on you.", ["Well… it depends... on you."]),
        ("(It stops.) Then it goes on.", ["(It stops.)", "Then it goes on."]),
        (
            "Look at www.example.ca/a.html for more. Go.",
            ["Look at www.example.ca/a.html for more.", "Go."],
        ),
    ],
)
def test_a_sentence_ends_at_its_mark_or_at_a_blank_line(text, expected):
    assert sentences(text) == expected


def test_a_figure_with_its_signs_is_one_word():
    assert words("Call 9-1-1: you’re 1 in 1,024, or 36.7% (IMS).") == [
        "Call", "9-1-1", "you’re", "1", "in", "1,024", "or", "36.7%", "IMS",
    ]  # fmt: skip


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


def test_a_very_long_text_is_measured_in_one_go():
    assert len(sentences("Your muscle may jump. " * 20_000)) == 20_000
