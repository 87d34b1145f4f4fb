"""The words that the site ships with: the seed word for word, and ours short, plain and sourced."""

import re
from collections import Counter
from collections.abc import Sequence

import pytest

from clinic_site.markup import Item, Section
from clinic_site.markup.prose import readability
from clinic_site.markup.prose.sentences import sentences, words
from tests.content import reading
from tests.content.reading import ContentFile, children_of, content_file, own_words, pages, seed

PAGE_OF = {
    "site": "home.md",
    "intro": "home.md",
    "about": "what-is-ims.md",
    "benefits": "benefits.md",
    "consider": "is-it-for-me.md",
    "session": "first-session.md",
    "frequency": "how-often.md",
}
NOTES = ("note-note", "note-tip", "note-safety", "note-research")
QUALIFIED = {
    "benefits.1.a.1": "deactivates trigger points",
    "benefits.1.b.1": "nerve pain",
    "benefits.3.a.1": "waste products",
    "benefits.3.b.1": "natural healing",
    "benefits.4.a.1": "an alternative to medicines",
    "benefits.5.a.1": "immediate relief",
    "benefits.6.a.1": "weak muscles",
    "benefits.6.b.1": "motor control",
    "consider.2.a.1": "particularly effective",
    "consider.4.a.1": "nerve symptoms",
    "session.during.2.b.2": "the twitch as a positive sign",
    "session.during.2.c.2": "a sign that the treatment is working",
    "session.after.1.b.1": "flushing out waste products",
    "frequency.maintenance.1.a.1": "visits after function is regained",
}
EVERY_FILE = pytest.mark.parametrize("file", reading.all_files(), ids=lambda file: file.name)
EVERY_PAGE = pytest.mark.parametrize("name", pages())


def page_of(statement: dict[str, str]) -> ContentFile:
    return content_file(PAGE_OF[statement["id"].split(".")[0]])


def statement(key: str) -> dict[str, str]:
    return next(atom for atom in seed() if atom["id"] == key)


def parts_of(file: ContentFile) -> list[Section | Item]:
    sections = file.document.sections
    return [*sections, *(item for section in sections for item in section.items)]


def places(file: ContentFile) -> Sequence[tuple[str, str]]:
    """Each point, item and section of a page as (words, HTML), the smallest first."""
    parts = parts_of(file)
    points = [(point.text, point.html) for part in parts for point in part.points]
    items = [(part.text, part.html) for part in parts if isinstance(part, Item)]
    sections = [(section.text, section.lead) for section in file.document.sections]
    return points + items + sections


def is_prose(words: str) -> bool:
    """Whole sentences; labels and headings would make a page look easier than it is."""
    return words.rstrip("”)").endswith((".", "!", "?"))


def test_the_copy_of_the_seed_is_whole():
    assert len(seed()) == 153


@pytest.mark.parametrize("section", [key for key in PAGE_OF if key != "site"])
def test_every_statement_stands_on_its_page_in_the_seeds_order(section):
    page = content_file(PAGE_OF[section]).words_in_order()
    place = 0
    for atom in (atom for atom in seed() if atom["id"].split(".")[0] == section):
        found = page.find(atom["text"], place)
        assert found >= 0, f"{atom['id']} is missing, or stands too early: {atom['text']}"
        place = found + len(atom["text"])


def test_the_two_titles_stand_on_the_home_page():
    home = content_file("home.md")
    assert home.title == statement("site.service")["text"]
    assert home.document.sections[0].title == statement("site.title")["text"]


def test_the_14_indications_are_the_14_conditions_in_order():
    index, *conditions = pages()["conditions/index.md"]
    assert [index.title, *(file.title for file in conditions)] == [
        atom["text"] for atom in seed() if atom["id"].startswith("indications")
    ]


@pytest.mark.parametrize("key", [atom["id"] for atom in seed() if atom["kind"] == "point-label"])
def test_a_label_is_followed_by_its_text(key):
    label = statement(key)
    file = page_of(label)
    texts = [
        point.text
        for part in parts_of(file)
        for point in part.points
        if point.label == label["text"]
    ]
    assert len(texts) == 1
    assert texts[0].startswith(statement(label["followed_by"])["text"])


@pytest.mark.parametrize("key", [atom["id"] for atom in seed() if atom["kind"] == "step-label"])
def test_a_step_is_a_heading_with_its_text_below(key):
    step = statement(key)
    below = [part.text for part in parts_of(page_of(step)) if part.title == step["text"]]
    assert len(below) == 1
    assert statement(step["followed_by"])["text"] in below[0]


@pytest.mark.parametrize("key", [atom["id"] for atom in seed() if atom["kind"] == "heading2"])
def test_a_page_bears_the_seeds_own_heading(key):
    heading = statement(key)
    file = "conditions/index.md" if key.startswith("indications") else page_of(heading).name
    assert content_file(file).title == heading["text"]


@pytest.mark.parametrize("key", QUALIFIED, ids=QUALIFIED.get)
def test_a_statement_to_qualify_has_a_note_right_beside_it(key):
    words = statement(key)["text"]
    html = next(html for text, html in places(page_of(statement(key))) if words in text)
    assert any(kind in html for kind in NOTES)


def test_quick_and_effective_has_a_note_before_its_points():
    section = next(
        section
        for section in content_file("benefits.md").document.sections
        if section.title == "Quick and Effective"
    )
    assert "Results vary" in section.lead.split("<dl")[0]


def test_the_notes_on_medicines_send_to_whoever_prescribed_them():
    words = statement("benefits.4.a.1")["text"]
    text = next(text for text, _ in places(content_file("benefits.md")) if words in text)
    assert "without asking whoever prescribed it" in text


def test_no_two_notes_say_the_same():
    notes = Counter(
        block.words
        for file in reading.all_files()
        for block in file.blocks
        if any(kind in block.call_out for kind in NOTES)
    )
    assert [words for words, times in notes.items() if times > 1] == []


@EVERY_FILE
def test_a_summary_reads_at_grade_6_or_lower(file):
    hard = {words: readability.grade(words) for words in file.summaries}
    assert {words: grade for words, grade in hard.items() if grade > 6.0} == {}


@EVERY_PAGE
def test_our_own_words_on_a_page_read_at_grade_8_or_lower(name):
    ours = [words for file in pages()[name] for words in own_words(file)]
    assert readability.grade("\n\n".join(filter(is_prose, ours))) <= 8.0


@pytest.mark.parametrize("file", children_of("faq"), ids=lambda file: file.name)
def test_an_answer_reads_at_grade_8_or_lower(file):
    assert readability.grade("\n\n".join(filter(is_prose, own_words(file)))) <= 8.0


@EVERY_FILE
def test_our_sentences_have_20_words_or_fewer(file):
    ours = [sentence for words in own_words(file) for sentence in sentences(words)]
    assert [sentence for sentence in ours if len(words(sentence)) > 20] == []


@pytest.mark.parametrize(
    "name", ["what-is-ims.md", "benefits.md", "is-it-for-me.md", "first-session.md", "how-often.md"]
)
def test_each_part_with_the_seeds_words_has_a_plain_summary(name):
    file = content_file(name)
    assert file.front["summary"]
    with_seed = [
        section
        for section in file.document.sections
        if any(atom["kind"] == "sentence" and atom["text"] in section.text for atom in seed())
    ]
    assert [section.title for section in with_seed if not section.summary] == []


@EVERY_PAGE
def test_a_page_has_a_summary_and_a_description_of_50_to_160_characters(name):
    front = pages()[name][0].front
    assert front["summary"]
    assert 50 <= len(str(front["description"])) <= 160


def test_titles_and_descriptions_are_unique():
    titles = Counter(file.title for file in reading.all_files())
    descriptions = Counter(files[0].front["description"] for files in pages().values())
    assert [words for words, times in (titles + descriptions).items() if times > 1] == []


@EVERY_FILE
def test_every_source_is_used_and_every_use_has_a_source(file):
    defined = re.findall(r"^\[\^([^\]]+)\]:", file.body, re.MULTILINE)
    used = re.findall(r"\[\^([^\]]+)\](?!:)", file.body)
    assert len(defined) == len(set(defined))
    assert set(used) == set(defined)


@EVERY_FILE
def test_nothing_is_wrong_with_the_markup(file):
    assert file.document.problems == ()


def test_safety_shows_the_figures_of_both_studies():
    table = [block.words for block in content_file("safety.md").blocks if block.in_table]
    assert {"7,629", "19.18%", "20,464", "36.7%", "20 events, about 1 in 1,024"} <= set(table)
