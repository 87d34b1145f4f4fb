"""A sentence that was read out of a Markdown text is found in its source, with the partner of each of its signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.markup.prose.markdown_sentences import sentences_of
from clinic_site.markup.prose.source_places import place_in_source


def said(source: str, sentence: str, line: int = 1) -> str | None:
    place = place_in_source(source, sentence, line)
    return source[slice(*place)] if place else None


@pytest.mark.parametrize(
    ("source", "sentence", "expected"),
    [
        ("It helps. IMS cures pain.", "IMS cures pain.", "IMS cures pain."),
        ("**IMS** cures pain.", "IMS cures pain.", "**IMS** cures pain."),
        ("**IMS cures pain.**", "IMS cures pain.", "IMS cures pain."),
        ("IMS *cures* [pain](/x/)", "IMS cures pain", "IMS *cures* [pain](/x/)"),
        ("[IMS cures pain](/x/)", "IMS cures pain", "IMS cures pain"),
        ("> [!NOTE]\n> IMS cures\n> pain.", "IMS cures pain.", "IMS cures\n> pain."),
        ("IMS[^a] cures pain.", "IMS cures pain.", "IMS[^a] cures pain."),
        ("R&amp;D cures \\*all\\*.", "R&D cures *all*.", "R&amp;D cures \\*all\\*."),
        ("It helps.", "IMS cures pain.", None),
        ("It helps.", "", None),
    ],
)
def test_a_sentence_is_found_with_its_signs(source, sentence, expected):
    assert said(source, sentence) == expected


def test_of_two_alike_the_one_of_its_line_is_meant():
    source = "IMS *cures* pain.\n\nIMS cures pain."
    assert said(source, "IMS cures pain.", 3) == "IMS cures pain."


WORD = st.text("abcdefgh", min_size=1, max_size=5)
DRESSED = st.tuples(WORD, st.sampled_from(["{}", "**{}**", "*{}*", "[{}](/x/)", "`{}`"]))


@given(st.lists(DRESSED, min_size=1, max_size=8), st.sampled_from([" ", "\n"]))
def test_whatever_is_bold_or_linked_another_wording_takes_its_place_whole(words, gap):
    source = gap.join(dress.format(word) for word, dress in words) + "."
    sentence = " ".join(word for word, _ in words) + "."
    place = place_in_source(source, sentence)
    assert place is not None
    left = f"{source[: place[0]]}Rest a little.{source[place[1] :]}"
    assert [one.text for one in sentences_of(left)] == ["Rest a little."]
