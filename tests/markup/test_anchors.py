"""Anchors: stable, plain, unique, and under the prefix of their document."""

import pytest
from hypothesis import given, settings

from clinic_site.markup import parse, slugify
from tests.at_length import examples
from tests.markup.markdown_texts import any_text
from tests.markup.strict_html import StrictReader


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Golfer’s elbow", "golfers-elbow"),
        ("What is IMS?", "what-is-ims"),
        ("  É à la carte  ", "e-a-la-carte"),
        ("Before—after", "before-after"),
        ("Straße & Œuvre", "strasse-oeuvre"),
        ("90% better", "90-better"),
        ("痛み", ""),
    ],
)
def test_a_slug_is_plain_ascii(words: str, slug: str) -> None:
    assert slugify(words) == slug


def anchors(text: str, prefix: str = "") -> list[str]:
    return [section.anchor for section in parse(text, prefix=prefix).sections]


def test_a_second_heading_of_the_same_words_gets_a_number() -> None:
    assert anchors("## A\n\n## A\n\n## A\n") == ["a", "a-2", "a-3"]


def test_a_number_that_is_taken_is_passed_over() -> None:
    assert anchors("## A\n\n## A 2\n\n## A\n") == ["a", "a-2", "a-3"]


def test_a_heading_without_latin_letters_is_a_section() -> None:
    assert anchors("## 痛み\n") == ["section"]


def test_a_heading_can_fix_its_anchor() -> None:
    section = parse("## After the session {#after}\n").sections[0]
    assert (section.anchor, section.title) == ("after", "After the session")


def test_a_fixed_anchor_wins_over_the_words_of_another_heading() -> None:
    assert anchors("## After\n\n## Later {#after}\n") == ["after-2", "after"]


def test_a_label_never_moves_the_anchor_of_a_heading() -> None:
    assert anchors("## B\n\na\n: b\n\n## A\n") == ["b", "a"]


def test_a_bad_fixed_anchor_is_a_problem_with_its_line() -> None:
    problems = parse("## A {#Über uns}\n\n## B {#B!}\n").problems
    assert [problem.line for problem in problems] == [3]


def test_an_anchor_fixed_twice_is_a_problem() -> None:
    assert "used twice" in parse("## A {#c}\n\n## B {#c}\n").problems[0].message


def test_the_prefix_stands_before_every_anchor() -> None:
    document = parse("## A\n\nb\n: c[^d]\n\n[^d]: e\n", prefix="does-it-hurt")
    ids = StrictReader(document.html).ids
    assert ids == [f"does-it-hurt-{end}" for end in ("a", "b", "fnref-1", "fn-1")]


def test_the_set_of_anchors_is_what_links_can_lead_to() -> None:
    assert parse("## A\n\nb\n: c\n\n> ### D\n").anchors == {"a", "b", "d"}


def test_a_link_within_the_document_follows_the_prefix() -> None:
    assert parse("## A\n\n[b](#a)\n", prefix="p").links[0].href == "#p-a"


def test_a_link_to_a_place_elsewhere_on_the_page_keeps_its_address() -> None:
    assert parse("[b](#elsewhere)\n", prefix="p").links[0].href == "#elsewhere"


def test_a_heading_never_takes_the_id_of_a_source() -> None:
    assert anchors("## fn 1\n") == ["section-fn-1"]


def test_a_prefix_can_be_any_text() -> None:
    assert anchors("## A\n", prefix='"><b>/Conditions/') == ["b-conditions-a"]


@settings(max_examples=examples(300), deadline=None)
@given(any_text)
def test_no_id_is_given_twice(text: str) -> None:
    ids = StrictReader(parse(text).html).ids
    assert len(ids) == len(set(ids))
