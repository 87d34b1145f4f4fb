"""The questions and the glossary that the site ships with: in order, and each health word explained."""

import json
import re
from pathlib import Path

import pytest

from tests.content import reading
from tests.content.reading import children_of, content_file

TIMES_ASKED = Path(__file__).parents[1] / "data" / "times_asked.json"
HEALTH_WORDS = (
    (Path(__file__).parents[1] / "data" / "health_words.txt").read_text("utf-8").splitlines()
)
MEDICAL = re.compile(
    r"\b(?:[a-z]+(?:itis|osis|opathy|algia|oedema|edema|emia|aemia|ectomy|thorax|plegia|ologic)"
    r"|(?:neuro|myo|epi|hypo|hyper|osteo|musculo|patello)[a-z]{4,})s?\b"
)
EVERY_FILE = pytest.mark.parametrize("file", reading.all_files(), ids=lambda file: file.name)


def test_within_a_topic_the_questions_asked_most_come_first():
    times = json.loads(TIMES_ASKED.read_text("utf-8"))["times"]
    asked: dict[str, list[int]] = {}
    for file in children_of("faq"):
        slug = file.name.removeprefix("faq/").removesuffix(".md")
        asked.setdefault(file.front["topic"], []).append(times.get(slug, 0))
    assert asked == {topic: sorted(many)[::-1] for topic, many in asked.items()}
    assert "In each part, the questions that are asked most come first." in str(
        content_file("faq/index.md").front["summary"]
    )


def test_there_are_47_questions_or_more_each_in_a_topic():
    topics = [topic["slug"] for topic in content_file("faq/index.md").front["topics"]]
    questions = children_of("faq")
    assert len(questions) >= 47
    assert {file.front["topic"] for file in questions} == set(topics)
    assert [file.name for file in questions if not file.title.endswith("?")] == []


def test_there_are_15_terms_or_more_in_alphabetical_order():
    titles = [file.title.casefold() for file in children_of("glossary")]
    assert len(titles) >= 15 and titles == sorted(titles)


def names_in_the_glossary() -> set[str]:
    """Each term, what stands in its brackets, and its other names."""
    called = [
        name
        for file in children_of("glossary")
        for name in (file.title, *file.front["other_names"])
    ]
    return {part.strip() for name in called for part in re.split(r"[()]", name.casefold())}


def test_each_health_word_has_an_entry_in_the_glossary():
    names = names_in_the_glossary()
    assert [word for word in HEALTH_WORDS if word.casefold() not in names] == []


@EVERY_FILE
def test_a_word_that_is_built_as_medicine_builds_them_has_an_entry(file):
    """A new page with a new such word fails here until the word is explained."""
    known = set(re.findall(r"[a-z]+", " ".join(names_in_the_glossary())))
    told = " ".join(block.words for block in file.blocks).casefold()
    found = set(MEDICAL.findall(told))
    assert {word for word in found if not {word, word.removesuffix("s")} & known} == set()
