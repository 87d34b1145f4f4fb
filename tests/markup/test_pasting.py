"""What is pasted becomes clean Markdown: as Word, Google Docs, mail and web pages put it on the clipboard."""

import re
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.markup import parse
from clinic_site.markup.pasting.html import markdown_from_html
from clinic_site.markup.pasting.lines import markdown_from_text

PASTES = sorted(
    path for path in Path(__file__).parents[1].glob("data/pastes/*") if path.suffix != ".md"
)


@pytest.mark.parametrize("path", PASTES, ids=[path.stem for path in PASTES])
def test_a_clipboard_becomes_clean_markdown(path: Path) -> None:
    convert = markdown_from_html if path.suffix == ".html" else markdown_from_text
    assert f"{convert(path.read_bytes().decode())}\n" == path.with_suffix(".md").read_text("utf-8")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>2 * 3 * 4 and a_b_c [x]</p>", r"2 \* 3 \* 4 and a\_b\_c \[x\]"),
        ("<p># not a heading</p><p>- not a list</p>", "\\# not a heading\n\n- not a list"),
        ("<p>2026. A year</p>", "2026\\. A year"),
        ("<b></b><p> </p>", ""),
        ('<p><a href="https://x.ca/a b(c)">there</a></p>', "[there](https://x.ca/a%20b%28c%29)"),
        ("<table><tr><td>Mon</td><td>9 to 5</td></tr></table>", "Mon\n\n9 to 5"),
    ],
    ids="signs starts year nothing address table".split(),
)
def test_a_paste_becomes_the_markdown_of_this_site(html: str, expected: str) -> None:
    assert markdown_from_html(html) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• sore\n• stiff", "- sore\n- stiff"),
        ("Signs:\n– sore\n– stiff\nCall us.", "Signs:\n\n- sore\n- stiff\n\nCall us."),
        ("1) rest\n2) walk", "1. rest\n2. walk"),
        ("    far in\u000bthe slide", "far in\nthe slide"),
        ("Call\xa0us", "Call us"),
        ("# one", "\\# one"),
    ],
)
def test_plain_words_keep_their_lists(text: str, expected: str) -> None:
    assert markdown_from_text(text) == expected


def letters(text: str) -> str:
    """The letters and digits of a text, and nothing else."""
    return "".join(re.findall(r"[^\W_]", text))


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=40
)
TAGS = st.sampled_from(
    "p div b i em strong span ul ol li h1 h2 h3 a table tr td blockquote br script o:p".split()
)


@given(st.lists(st.tuples(TAGS, WORDS, st.booleans()), max_size=20))
def test_any_tags_give_a_text_that_parses(parts: list[tuple[str, str, bool]]) -> None:
    html = "".join(f"<{tag}>{words}{f'</{tag}>' if closes else ''}" for tag, words, closes in parts)
    markdown = markdown_from_html(html)
    assert "\x00" not in markdown
    parse(markdown)


def tagged(tag: str, inner: st.SearchStrategy[str], attributes: str = "") -> st.SearchStrategy[str]:
    return inner.map(lambda words: f"<{tag}{attributes}>{words}</{tag.split()[0]}>")


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=3).map("".join)


def lists_of(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(tagged(tag, joined(tagged("li", items))) for tag in ("ul", "ol"))


PLAIN = WORDS.map(lambda words: f"x{escape(words)}")
INLINE = joined(
    st.recursive(
        PLAIN,
        lambda inner: st.one_of(
            tagged("b", inner),
            tagged("em", inner),
            tagged("span", inner, ' style="font-weight:700"'),
            tagged("a", inner, ' href="https://example.ca/a_(b)"'),
            inner.map(lambda words: f"{words}<br>x"),
        ),
        max_leaves=4,
    )
)
BLOCK = st.one_of(
    *(tagged(tag, INLINE) for tag in ("p", "div", "h2", "h5", "blockquote", "pre", "td")),
    st.recursive(
        INLINE, lambda inner: st.tuples(INLINE, lists_of(inner)).map("".join), max_leaves=4
    ).flatmap(lambda item: lists_of(st.just(item))),
    st.tuples(tagged("dt", INLINE), tagged("dd", INLINE)).map("".join),
    tagged("p", INLINE, ' class=MsoListParagraph style="mso-list:l0 level2 lfo1"'),
)


def shown(markdown: str) -> str:
    """What patients read of a text, without tags."""
    return unescape(re.sub("<[^>]*>", "", parse(markdown).html))


@given(joined(BLOCK))
def test_no_word_of_a_paste_is_lost_on_its_way_to_the_page(html: str) -> None:
    told = letters(unescape(re.sub("<[^>]*>", "", html)))
    assert letters(shown(markdown_from_html(html))) == told


@given(st.lists(WORDS.map(lambda words: f"x{words}"), min_size=1, max_size=5))
def test_no_word_of_a_plain_paste_is_lost(lines: list[str]) -> None:
    assert letters(shown(markdown_from_text("\n".join(lines)))) == letters("".join(lines))


@given(st.text(max_size=300))
def test_html_of_any_kind_takes_no_harm(html: str) -> None:
    parse(markdown_from_html(html))
    parse(markdown_from_text(html))


def test_deep_nesting_takes_time_in_proportion() -> None:
    assert markdown_from_html("<div>" * 20_000 + "end").strip() == "end"
    assert markdown_from_html("<b>" * 5_000 + "x").replace("*", "") == "x"
