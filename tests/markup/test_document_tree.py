"""A text becomes a tree of sections, items and points, each with its line and its own HTML."""

import pytest

from clinic_site.markup import parse

TEXT = """Words before.

> [!SUMMARY]
> All of it, in short.

## Benefits

> [!SUMMARY]
> Needles *help*.

A lead.

### Pain relief

Trigger point
: It lets go.

  > [!NOTE]
  > Not always.

Nerves
: They calm down.

### Healing

More blood.

## After

Rest.
"""


def test_the_lead_is_what_stands_before_the_first_section() -> None:
    assert parse(TEXT).lead == "<p>Words before.</p>"


def test_the_summary_of_the_text_is_taken_out_of_its_lead() -> None:
    assert "All of it, in short." in parse(TEXT).summary


def test_sections_come_in_order_with_plain_titles() -> None:
    assert [section.title for section in parse(TEXT).sections] == ["Benefits", "After"]


def test_the_summary_of_a_section_is_a_call_out() -> None:
    assert parse(TEXT).sections[0].summary == (
        '<aside class="note note-summary" role="note" aria-label="In plain words">\n'
        "<p>Needles <em>help</em>.</p>\n</aside>"
    )


def test_the_lead_of_a_section_leaves_its_summary_and_items_out() -> None:
    assert parse(TEXT).sections[0].lead == "<p>A lead.</p>"


def test_the_html_of_a_section_is_all_below_its_heading() -> None:
    html = parse(TEXT).sections[0].html
    assert "Needles" in html and "A lead." in html and '<h3 id="healing">Healing</h3>' in html


def test_the_html_of_a_section_leaves_its_own_heading_out() -> None:
    assert "<h2" not in parse(TEXT).sections[0].html


def test_items_belong_to_their_section() -> None:
    assert [item.title for item in parse(TEXT).sections[0].items] == ["Pain relief", "Healing"]
    assert parse(TEXT).sections[1].items == ()


def test_an_item_holds_what_stands_below_its_heading() -> None:
    assert parse(TEXT).sections[0].items[1].html == "<p>More blood.</p>"


def test_points_belong_to_their_item() -> None:
    points = parse(TEXT).sections[0].items[0].points
    assert [(point.label, point.anchor) for point in points] == [
        ("Trigger point", "trigger-point"),
        ("Nerves", "nerves"),
    ]


def test_a_note_within_a_point_belongs_to_the_point() -> None:
    point = parse(TEXT).sections[0].items[0].points[0]
    assert point.text == "It lets go. Not always."
    assert '<aside class="note note-note"' in point.html


def test_the_points_of_a_lead_belong_to_the_section() -> None:
    section = parse("## A\n\nb\n: c\n\n### D\n\ne\n: f\n").sections[0]
    assert [point.label for point in section.points] == ["b"]


def test_a_label_with_two_texts_is_one_point() -> None:
    assert parse("a\n: b\n: c\n").points[0].text == "b c"


def test_each_part_knows_its_line_in_the_file() -> None:
    section = parse(TEXT, first_line=11).sections[0]
    lines = [section.line, section.items[0].line, section.items[0].points[0].line]
    wanted = ["## Benefits", "### Pain relief", "Trigger point"]
    assert [TEXT.splitlines()[line - 11] for line in lines] == wanted


def test_the_whole_html_holds_headings_and_sources() -> None:
    html = parse("## A\n\nb[^c]\n\n[^c]: d\n").html
    assert '<h2 id="a">A</h2>' in html and '<section class="sources">' in html


def test_text_is_the_words_alone() -> None:
    text = "## A *b*\n\n- c `d`\n- [e](/f)\n\n|g|h|\n|-|-|\n|i|j|\n\nk  \nl[^m]\n\n[^m]: n\n"
    assert parse(text).text == "A b c d e g h i j k l"


def test_words_are_counted() -> None:
    assert parse("## One two\n\nthree\n").words == 3


def test_an_empty_text_is_an_empty_document() -> None:
    document = parse("")
    assert (document.html, document.sections, document.words, document.problems) == ("", (), 0, ())


def test_a_heading_within_a_quote_starts_no_section() -> None:
    assert parse("> ## A\n").sections == ()


def test_the_same_text_is_parsed_once() -> None:
    assert parse("Once.\n", prefix="x") is parse("Once.\n", prefix="x")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_make_no_difference(end: str) -> None:
    assert parse(TEXT.replace("\n", end)) == parse(TEXT)


def test_definition_lists_and_lists_have_their_classes() -> None:
    html = parse("a\n: b\n\n- c\n\n3. d\n").html
    assert '<dl class="definition-list">\n<dt id="a">a</dt>' in html
    assert '<ul class="list">' in html and '<ol class="list" start="3">' in html
