"""Footnotes are the sources: numbered as they are met, linked both ways."""

from clinic_site.markup import parse
from tests.markup.strict_html import StrictReader


def test_a_reference_leads_to_its_source() -> None:
    assert parse("a[^b]\n\n[^b]: c").lead == (
        '<p>a<sup class="source-ref"><a id="fnref-1" href="#fn-1" role="doc-noteref"'
        ' aria-label="Source 1">1</a></sup></p>'
    )


def test_a_source_leads_back_to_the_text() -> None:
    assert parse("a[^b]\n\n[^b]: c").footnotes == (
        '<section class="sources">\n<p class="sources-title">Sources</p>\n<ol class="list">\n'
        '<li id="fn-1"><p>c <a class="source-back" href="#fnref-1" role="doc-backlink"'
        ' aria-label="Back to the text from source 1">\u21a9\ufe0e</a></p>\n</li>\n</ol>\n'
        "</section>"
    )


def test_a_text_without_sources_has_no_list() -> None:
    assert parse("a").footnotes == ""


def test_sources_are_numbered_in_the_order_of_the_text() -> None:
    html = parse("a[^z] b[^y]\n\n[^y]: Second.\n[^z]: First.\n").footnotes
    assert html.index("First.") < html.index("Second.")


def test_two_references_are_two_ways_back() -> None:
    links = StrictReader(parse("a[^b] c[^b]\n\n[^b]: d").footnotes).links
    assert links == ["#fnref-1", "#fnref-1-2"]


def test_a_source_can_refer_to_another() -> None:
    html = parse("a[^b]\n\n[^b]: c[^d]\n[^d]: e\n").footnotes
    assert 'href="#fn-2"' in html and 'href="#fnref-2"' in html


def test_a_source_that_nothing_refers_to_is_kept_and_is_a_problem() -> None:
    document = parse("a\n\n[^b]: Kept.\n")
    assert "Kept." in document.footnotes
    assert [problem.line for problem in document.problems] == [3]


def test_a_source_written_twice_is_kept_and_is_a_problem() -> None:
    document = parse("a[^b]\n\n[^b]: One.\n\n[^b]: Two.\n")
    assert "One." in document.footnotes and "Two." in document.footnotes
    assert [problem.line for problem in document.problems] == [5]


def test_a_reference_without_a_source_is_a_problem() -> None:
    problems = parse("a\nb[^c]\n").problems
    assert [(problem.line, "[^c]:" in problem.message) for problem in problems] == [(2, True)]


def test_an_empty_source_is_no_trouble() -> None:
    assert 'id="fn-1"' in parse("a[^b]\n\n[^b]:\n\nc\n").footnotes
