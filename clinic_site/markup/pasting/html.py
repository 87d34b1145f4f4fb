"""What is pasted from Word, Google Docs, a mail or a web page, as the Markdown of this site. Pure.

Headings, lists, links, bold and italic words stay; fonts, colours, pictures and scripts do not. Any text gives a text
that renders to the same words: signs that Markdown would take for its own are escaped.
"""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from clinic_site.markup.pasting.lines import BULLET, SPACES, escaped_start, list_item
from clinic_site.markup.pasting.styles import is_ignored, is_number, sign_of, word_level
from clinic_site.typed_text import read_typed

LONGEST = 600_000  # characters of HTML: Word sends ten times what it says
_HEADINGS = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "### ", "h5": "### ", "h6": "### "}
_BLOCKS = frozenset(
    "p div section article header footer td th tr table blockquote dt dd figcaption pre address main".split()
)
_SILENT = {
    "del",
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "svg",
    "object",
    "iframe",
}
_EMPTY = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "source"}
_LINKS = ("http://", "https://", "mailto:", "tel:", "/", "#")
_MEANING = ": "  # of a term, which stands in the line above
_ESCAPED = re.compile(r"([\\`*_\[\]<>|])")


def markdown_from_html(html: str) -> str:
    """The words of a piece of HTML with their headings, lists and links; "" where it says nothing."""
    reader = _Reader()
    reader.feed(html[:LONGEST])
    reader.close()
    reader.end_block()
    return _joined(reader.blocks)


class _Reader(HTMLParser):
    """Collects blocks as (is it a line of a list, its words)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[bool, str]] = []
        self._words: list[str] = []
        self._start = ""
        self._lists: list[list[int]] = []  # [0] bulleted, [n] numbered so far
        self._silent: list[str] = []
        self._links: list[tuple[str, int]] = []  # where it leads, and where its words begin
        self._marks: list[tuple[str, str, int]] = []  # tag, sign, and where its words begin
        self._word_level = 0  # of Word's lists, whose lines are paragraphs
        self._word_widths: dict[int, int] = {}  # of the sign at each level

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._silent or tag in _SILENT or is_ignored(given):
            if tag not in _EMPTY:
                self._silent.append(tag)
        elif tag in _HEADINGS:
            self._begin(_HEADINGS[tag])
        elif tag in ("ul", "ol"):
            self.end_block()
            self._lists.append([0 if tag == "ul" else 1])
        elif tag == "li":
            self._begin(self._bullet())
        elif tag in _BLOCKS:
            self._open_block(tag, word_level(given))
        elif tag == "br":
            self._words.append("\n")
        elif tag == "a":
            self._open_link(given.get("href", ""))
        else:
            self._open_mark(tag, given.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
        elif tag in _HEADINGS or tag == "li" or tag in _BLOCKS:
            self.end_block()
        elif tag in ("ul", "ol"):
            self.end_block()
            if self._lists:
                self._lists.pop()
        elif tag == "a":
            self._close_link()
        elif self._marks and self._marks[-1][0] == tag:
            self._close_mark()

    def handle_data(self, data: str) -> None:
        if self._silent:
            if self._word_level and is_number(data) and not self._has_words():
                self._begin_word_item(self._word_level, is_numbered=True)
        else:
            self._words.append(_ESCAPED.sub(r"\\\1", SPACES.sub(" ", data)))

    def end_block(self) -> None:
        """What was read so far is a block of its own."""
        while self._links:
            self._close_link()
        while self._marks:
            self._close_mark()
        text = _tidied("".join(self._words))
        start, self._words, self._start = self._start, [], ""
        for line in filter(None, text.split("\n")) if not start else filter(None, [text]):
            self._keep(start, line)

    def _keep(self, start: str, line: str) -> None:
        words = re.sub(r"\s*\n\s*", " ", line)
        if start == _MEANING:
            self.blocks.append((True, start + words))
        elif start.lstrip()[:1] in ("-", "1"):
            words = BULLET.sub("", words)
            self.blocks.append((True, start + escaped_start(words)))
        elif start:
            self.blocks.append((False, start + words.replace("**", "")))
        else:
            item = list_item(words)
            self.blocks.append(
                (item is not None, item if item is not None else escaped_start(words))
            )

    def _begin(self, start: str) -> None:
        self.end_block()
        self._start = start

    def _open_block(self, tag: str, word_level: int) -> None:
        self._word_level = word_level
        if word_level:
            self._begin_word_item(word_level, is_numbered=False)
        elif self._has_words() or not self._start:
            self._word_widths.clear()
            self._begin(_MEANING if tag == "dd" and self.blocks else "")

    def _begin_word_item(self, level: int, *, is_numbered: bool) -> None:
        sign = "1. " if is_numbered else "- "
        self._word_widths[level] = len(sign)
        outer = sum(self._word_widths.get(one, 2) for one in range(1, level))
        self._begin(" " * outer + sign)

    def _bullet(self) -> str:
        indent = "".join("   " if outer[0] else "  " for outer in self._lists[-6:-1])
        return f"{indent}{'1.' if self._lists and self._lists[-1][0] else '-'} "

    def _has_words(self) -> bool:
        return bool("".join(self._words).strip())

    def _open_link(self, href: str) -> None:
        while self._links:  # a link within a link is none
            self._close_link()
        self._links.append((_address(href), len(self._words)))

    def _close_link(self) -> None:
        if self._links:
            address, start = self._links.pop()
            if address:
                self._wrap(start, "[", f"]({address})")

    def _close_mark(self) -> None:
        _, sign, start = self._marks.pop()
        if sign:
            self._wrap(start, sign, sign)

    def _wrap(self, start: int, before: str, after: str) -> None:
        """Put signs close around the words since `start`; none where there are no words."""
        inner = " ".join("".join(self._words[start:]).split("\n"))
        words = inner.strip()
        if words:
            left = inner[: len(inner) - len(inner.lstrip())]
            right = inner[len(inner.rstrip()) :]
            self._words[start:] = [f"{left}{before}{words}{after}{right}"]

    def _open_mark(self, tag: str, style: str) -> None:
        if tag in ("b", "strong", "i", "em", "span"):
            sign = sign_of(tag, style)
            is_open = any(sign == other for _, other, _ in self._marks)
            self._marks.append((tag, "" if is_open else sign, len(self._words)))


def _address(href: str) -> str:
    """Where a link leads, without what Google puts around it; "" for what is no address."""
    address = href.strip()
    parts = _split(address)
    if parts.endswith("google.com/url"):
        asked = parse_qs(urlsplit(address).query)
        address = (asked.get("q") or asked.get("url") or [""])[0]
    if not address.startswith(_LINKS) or address.startswith("//") or _split(address) == "?":
        return ""
    return re.sub(
        r"[\s<>()\\]", lambda sign: f"%{ord(sign[0]):02X}" if ord(sign[0]) < 128 else "", address
    )


def _split(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "?"
    return f"{parts.netloc}{parts.path}"


def _tidied(text: str) -> str:
    """One block, without spaces in a row or at the ends of its lines."""
    lines = (re.sub(" +", " ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip("\n")


def _joined(blocks: list[tuple[bool, str]]) -> str:
    """Lines of one list together, everything else with an empty line between."""
    parts: list[str] = []
    was_item = False
    for is_item, text in blocks:
        is_close = is_item and (was_item or text.startswith(_MEANING))
        parts.append(("\n" if is_close else "\n\n") + text)
        was_item = is_item
    return read_typed("".join(parts), longest=LONGEST).strip()
