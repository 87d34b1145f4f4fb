"""What is pasted becomes clean Markdown: as Word, Google Docs, mail and web pages put it on the clipboard."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.markup import parse
from clinic_site.markup.pasting.html import markdown_from_html
from clinic_site.markup.pasting.lines import markdown_from_text

WORD_LIST = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {mso-x:1}</style></head><body>
<h1 style='mso-x:1'>After a visit<o:p></o:p></h1>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp;</span>
</span></span><![endif]>sore for a day</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>a
small <b>bruise</b></p><p class=MsoNormal>Call&nbsp;us.</p></body></html>"""
GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-weight:400;">Rest</span></h2><p dir="ltr"><span style="font-weight:700;">Move</span><span
style="font-weight:400;"> a little. See </span><a href="https://www.google.com/url?q=https://www.healthlinkbc.ca/a_b&amp;sa=D"
><span>HealthLink</span></a></p><ul><li dir="ltr"><p dir="ltr" role="presentation"><span>walk</span></p></li><li
dir="ltr"><p dir="ltr"><span>stretch</span></p></li></ul></b>"""
MAIL = """<div dir="ltr">Hello,<div><br></div><div>1) come early</div><div>2) eat first</div><div><br></div><div>Thanks
</div><img src="cid:1"><script>alert(1)</script></div>"""
WEB = """<nav><a href="javascript:x()">Skip</a></nav><h3>Needles</h3><p>Thin, <em>solid</em> needles.<br>Used once.</p>
<ol><li>First<ul><li>inner</li></ul></li><li>Second</li></ol><blockquote><p>It hurt.</p></blockquote>"""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (WORD_LIST, "## After a visit\n\n- sore for a day\n- a small **bruise**\n\nCall us."),
        (
            GOOGLE,
            "## Rest\n\n**Move** a little. See [HealthLink](https://www.healthlinkbc.ca/a_b)\n\n- walk\n- stretch",
        ),
        (MAIL, "Hello,\n\n1. come early\n2. eat first\n\nThanks"),
        (
            WEB,
            "Skip\n\n### Needles\n\nThin, *solid* needles.\n\nUsed once.\n\n"
            "1. First\n   - inner\n1. Second\n\nIt hurt.",
        ),
        ("<p>2 * 3 * 4 and a_b_c [x]</p>", r"2 \* 3 \* 4 and a\_b\_c \[x\]"),
        ("<p># not a heading</p><p>- not a list</p>", "\\# not a heading\n\n- not a list"),
        ("<p>2026. A year</p>", "2026\\. A year"),
        ("<b></b><p> </p>", ""),
        ('<p><a href="https://x.ca/a b(c)">there</a></p>', "[there](https://x.ca/a%20b%28c%29)"),
        ("<table><tr><td>Mon</td><td>9 to 5</td></tr></table>", "Mon\n\n9 to 5"),
    ],
    ids="word google mail web signs starts year nothing address table".split(),
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


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_no_word_of_a_paste_is_lost_or_made_a_sign(paragraphs: list[str]) -> None:
    html = "".join(f"<p>x{escape(words)}</p>" for words in paragraphs)
    shown = letters(parse(markdown_from_html(html)).text)
    assert shown == letters("".join(f"x{words}" for words in paragraphs))


@given(st.text(max_size=300))
def test_html_of_any_kind_takes_no_harm(html: str) -> None:
    parse(markdown_from_html(html))
    parse(markdown_from_text(html))


def test_deep_nesting_takes_time_in_proportion() -> None:
    assert markdown_from_html("<div>" * 20_000 + "end").strip() == "end"
    assert markdown_from_html("<b>" * 5_000 + "x").replace("*", "") == "x"
