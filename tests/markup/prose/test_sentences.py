"""Where a sentence of plain text ends, and what counts as a word."""

import pytest

from clinic_site.markup.prose.sentences import sentences, words


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


def test_a_very_long_text_is_split_in_one_go():
    assert len(sentences("Your muscle may jump. " * 20_000)) == 20_000
