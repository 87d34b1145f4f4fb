"""Call-outs, tables, code and images as the page shows them."""

import pytest

from clinic_site.markup import Picture, PictureSource, parse


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("NOTE", "Note"),
        ("SUMMARY", "In plain words"),
        ("TIP", "Good to know"),
        ("SAFETY", "Safety"),
        ("RESEARCH", "What research says"),
        ("CALL", "Urgent care"),
        ("EMERGENCY", "Emergency department now"),
        ("TODAY", "Doctor today"),
        ("SOON", "Advice soon"),
    ],
)
def test_a_call_out_is_a_named_note(kind: str, label: str) -> None:
    assert parse(f"> [!{kind}]\n> Words.\n").html == (
        f'<aside class="note note-{kind.lower()}" role="note" aria-label="{label}">\n'
        "<p>Words.</p>\n</aside>"
    )


def test_the_first_bold_line_of_a_call_is_its_title() -> None:
    html = parse("> [!CALL]\n> **Call 911 if**\n> you can’t *breathe*.\n").html
    assert '<p class="note-title"><strong>Call 911 if</strong></p>\n<p>you can’t' in html


def test_a_bold_word_at_the_start_of_a_line_is_no_title() -> None:
    assert "note-title" not in parse("> [!CALL]\n> **Call** us.\n").html


def test_the_title_of_a_call_can_stand_alone() -> None:
    html = parse("> [!CALL]\n> **Call 911**\n>\n> - a\n").html
    assert '<p class="note-title"><strong>Call 911</strong></p>\n<ul' in html


@pytest.mark.parametrize("kind", ["CALL", "EMERGENCY", "TODAY", "SOON"])
def test_a_link_alone_in_a_warning_card_is_its_button(kind: str) -> None:
    html = parse(f"> [!{kind}]\n> **Now**\n>\n> [Call 9-1-1](tel:911)\n").html
    assert '<p class="note-title"><strong>Now</strong></p>' in html
    assert (
        '<p class="note-button"><a href="tel:911">Call <span class="nowrap">9-1-1</span></a></p>'
        in html
    )


@pytest.mark.parametrize(
    "words",
    [
        "> [!CALL]\n> [Call](tel:911) now",
        "> [!CALL]\n> Now [call](tel:911)",
        "> [!CALL]\n> [a](/a/) [b](/b/)",
        "> [!CALL]\n> - [a](/a/)",
        "> [!CALL]\n> Words.\n\n[a](/a/)",
        "> [!NOTE]\n> [a](/a/)",
        "> [a](/a/)",
    ],
)
def test_a_link_among_words_or_outside_of_a_warning_card_is_no_button(words: str) -> None:
    assert "note-button" not in parse(words + "\n").html


def test_an_unknown_call_out_is_a_problem_and_keeps_its_words() -> None:
    document = parse("a\n\n> [!DANGER]\n> b\n")
    assert "[!DANGER]" in document.html
    assert [problem.line for problem in document.problems] == [3]
    assert "[!NOTE]" in document.problems[0].message
    assert "[!SOON]" in document.problems[0].message


def test_a_quote_is_a_quote() -> None:
    assert parse("> a\n").html == "<blockquote>\n<p>a</p>\n</blockquote>"


def test_a_table_scrolls_by_keyboard_and_has_a_name() -> None:
    assert parse("|When|What|\n|-|-:|\n|a|b|\n").html.startswith(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Table: When, What">'
    )


def test_two_tables_have_two_names() -> None:
    table = "|a|\n|-|\n|b|\n\n"
    assert 'aria-label="Table: a (2)"' in parse(table + table).html


def test_the_head_of_a_table_names_its_columns() -> None:
    assert '<th scope="col" class="align-right">a</th>' in parse("|a|\n|-:|\n|b|\n").html


@pytest.mark.parametrize("number", ["9-1-1", "8-1-1", "2-1-1", "9-8-8"])
def test_a_number_to_call_stays_on_one_line(number: str) -> None:
    assert f'Call <span class="nowrap">{number}</span>: now' in parse(f"Call {number}: now").html
    assert parse(f"Call {number}: now").text == f"Call {number}: now"


@pytest.mark.parametrize("words", ["2026-1-1", "1-1-10", "A-1-1", "`9-1-1`", "604-555-0142"])
def test_other_digits_and_hyphens_stay_as_they_are(words: str) -> None:
    assert "nowrap" not in parse(f"Read {words} here").html


def test_code_is_shown_as_it_is() -> None:
    assert parse("```html\n<b>&\n```\n").html == (
        '<pre tabindex="0"><code>&lt;b&gt;&amp;\n</code></pre>'
    )


def test_an_uploaded_image_that_nobody_knows_is_its_description() -> None:
    assert parse("![A hand](image:12)").html == ('<p><span class="missing-image">A hand</span></p>')


def test_an_image_of_the_site_is_shown() -> None:
    assert (
        '<img src="/static/a.svg" alt="A &quot;hand&quot;" loading="lazy">'
        in parse('![A "hand"](/static/a.svg)').html
    )


def test_a_known_image_comes_in_its_renditions() -> None:
    picture = Picture(
        src="image:12",
        url="/media/12.jpg",
        width=800,
        height=600,
        sources=(PictureSource("image/avif", "/media/12.avif 800w"),),
        sizes="100vw",
    )
    assert parse("![A hand](image:12)", pictures=(picture,)).html == (
        '<p><picture><source type="image/avif" srcset="/media/12.avif 800w" sizes="100vw">'
        '<img src="/media/12.jpg" alt="A hand" width="800" height="600" loading="lazy"'
        ' decoding="async"></picture></p>'
    )


def test_images_are_listed_with_their_lines() -> None:
    image = parse("a\n![b](image:3)", first_line=4).images[0]
    assert (image.src, image.alt, image.line) == ("image:3", "b", 5)


@pytest.mark.parametrize("src", ["https://e.org/a.png", "//e.org/a.png", "image:0", "a.png"])
def test_an_image_from_elsewhere_is_its_description_and_a_problem(src: str) -> None:
    document = parse(f"![A hand]({src})")
    assert document.html == '<p><span class="missing-image">A hand</span></p>'
    assert len(document.problems) == 1


NEEDLE = Picture("image:1", "/media/1.jpg", 10, 20, is_sensitive=True)


def test_a_picture_that_may_upset_is_folded_behind_its_description() -> None:
    html = parse("![A needle](image:1)\n", pictures=(NEEDLE,)).html
    assert html.startswith(
        '<details class="sensitive"><summary>A needle (show the picture)</summary><picture>'
    )


def test_a_picture_that_may_upset_does_not_stand_open_within_words() -> None:
    document = parse("See ![A needle](image:1) here.\n", pictures=(NEEDLE,))
    assert document.html == '<p>See <span class="missing-image">A needle</span> here.</p>'
    assert len(document.problems) == 1


def test_a_picture_that_is_not_in_the_library_is_a_problem() -> None:
    assert "no image 12" in parse("![A hand](image:12)", pictures=()).problems[0].message
