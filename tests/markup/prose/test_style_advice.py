"""House style: what is advised about, on which line, and what is let be."""

import re

import pytest

from clinic_site.markup.prose.markdown_sentences import link_texts, sentences_of
from clinic_site.markup.prose.style_advice import advice_on, grade_advice, jargon_advice

LONG = " ".join(["word"] * 21) + "."
HARD = (
    "Intramuscular stimulation necessitates percutaneous insertion of filiform instrumentation into"
    " hypersensitive myofascial loci, facilitating neuromuscular deactivation and consequential"
    " amelioration of musculoskeletal dysfunction throughout the affected anatomical region, notwithstanding"
    " individual physiological variability."
)


def advice(body: str) -> list[tuple[int, str]]:
    found = advice_on(sentences_of(body), link_texts(body))
    return [(problem.line, problem.message) for problem in found]


def test_a_sentence_of_more_than_twenty_words_is_told_with_its_line() -> None:
    assert [line for line, _ in advice(f"One.\n\nTwo.\n{LONG}\n")] == [4]


def test_twenty_words_are_enough_and_fine() -> None:
    assert advice(" ".join(["word"] * 20) + ".") == []


def test_sentences_of_a_list_are_told_apart() -> None:
    assert advice("- " + "\n- ".join(["eight words stand in this line, no more"] * 4)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The needle is inserted here.",
        "Pain was often felt by many.",
        "It is not given.",
        "A plan will be made.",
    ],
)
def test_the_passive_is_told(sentence: str) -> None:
    assert ["may be passive" in message for _, message in advice(sentence)] == [True]


@pytest.mark.parametrize(
    "sentence", ["You are tired.", "It is indeed so.", "There is a need.", "We insert the needle."]
)
def test_the_active_is_not(sentence: str) -> None:
    assert advice(sentence) == []


@pytest.mark.parametrize("words", ["here", "Click here", "**Read more**", "this page"])
def test_a_link_that_says_nothing_is_told_with_its_line(words: str) -> None:
    found = advice(f"Rest.\n\nSee\n[{words}](/faq/).\n")
    assert [(line, "says nothing" in message) for line, message in found] == [(4, True)]


def test_a_link_that_says_where_it_leads_is_fine() -> None:
    assert advice("See [what it costs](/faq/#cost).") == []


def test_sources_are_left_alone() -> None:
    assert advice(f"Rest.[^a]\n\n[^a]: It was done. {LONG}\n") == []


def test_a_hard_text_is_told_with_its_grade() -> None:
    assert ["grade" in problem.message for problem in grade_advice(HARD)] == [True]


def test_a_short_text_is_not_measured() -> None:
    assert list(grade_advice("Neuromuscular electrostimulation.")) == []


def test_jargon_is_told_once_and_not_where_it_is_explained() -> None:
    sentences = sentences_of("A myofascial ache.\n\nMyofascial again. Sham too.")
    found = jargon_advice(
        sentences, jargon=re.compile("myofascial|sham"), is_explained=lambda word: word == "sham"
    )
    assert [problem.line for problem in found] == [1]
