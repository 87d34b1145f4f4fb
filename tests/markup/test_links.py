"""Links lead to http, https, mailto, tel and to this site; anything else is its text."""

import pytest

from clinic_site.markup import parse
from tests.markup.strict_html import StrictReader


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "/first-session/#after-the-session",
        "#here",
        "https://www.canada.ca/en/health.html?a=b&c=d#e",
        "http://example.org",
        "http://example.org:8080/a",
        "mailto:desk@example.org",
        "tel:+16045550123",
    ],
)
def test_a_good_address_is_a_link(href: str) -> None:
    assert StrictReader(parse(f"[a]({href})").html).links == [href]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,a",
        "vbscript:a",
        "file:///etc/passwd",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "first-session",
        "../a",
        "ftp://example.org",
        "https:example.org",
        "https://",
        "http:///a",
        "sms:1",
        "mailto:",
        "",
    ],
)
def test_a_bad_address_is_its_text_and_a_problem(href: str) -> None:
    document = parse(f"b\n[words](<{href}>)", first_line=5)
    assert document.html == "<p>b\nwords</p>"
    assert [problem.line for problem in document.problems] == [6]


def test_a_link_to_another_site_gets_no_hold_on_the_window() -> None:
    assert parse("[a](https://e.org)").html == '<p><a href="https://e.org" rel="noopener">a</a></p>'


def test_a_link_of_this_site_has_no_rel() -> None:
    assert parse("[a](/b/)").html == '<p><a href="/b/">a</a></p>'


def test_links_are_listed_with_their_lines() -> None:
    links = parse("a [b](/c)\nd [e](/f)\n\n- [g](/h)\n\n|i|\n|-|\n|[j](/k)|\n", first_line=10).links
    assert [(link.href, link.line) for link in links] == [
        ("/c", 10),
        ("/f", 11),
        ("/h", 13),
        ("/k", 17),
    ]


def test_a_link_within_a_link_is_its_text() -> None:
    assert StrictReader(parse("[a <https://b.org> c](/d)").html).links == ["/d"]


def test_a_source_is_never_a_link_within_a_link() -> None:
    assert "/c" not in StrictReader(parse("[a[^b]](/c)\n\n[^b]: d").html).links


def test_a_bare_address_in_angle_brackets_is_a_link() -> None:
    assert ">https://e.org</a>" in parse("<https://e.org>").html


def test_a_link_can_have_a_title() -> None:
    assert 'title="b &quot;c"' in parse("[a](/d 'b \"c')").html


def test_html_is_shown_as_typed_and_is_a_problem() -> None:
    document = parse("a <b>c</b>")
    assert document.html == "<p>a &lt;b&gt;c&lt;/b&gt;</p>"
    assert "'<b>'" in document.problems[0].message
