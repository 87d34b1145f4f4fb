"""The sentences of a Markdown text with the line each begins on: what checks of style read. Pure.

Addresses of links, images and the markup itself are no words. A sentence may run over several lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from clinic_site.markup.parsing import TANGLED, tokenise
from clinic_site.markup.prose.sentences import sentences

HEADING, SOURCE, TEXT, LABEL, ASIDE = "heading", "source", "text", "label", "aside"
_BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in one line, the line of the text it begins on (1-based), and where it stands."""

    text: str
    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class LinkText:
    """The words that a link is made of, and their line."""

    text: str
    line: int


def sentences_of(body: str) -> list[Sentence]:
    """Every sentence of a Markdown text in order."""
    return [sentence for token, kind in _inlines(body) for sentence in _split(token, kind)]


def asides_of(body: str) -> list[Sentence]:
    """The sentences that stand beside the text: descriptions of pictures, titles of links, and code."""
    return [
        Sentence(sentence, line, ASIDE)
        for text, line in _asides(body)
        for sentence in sentences(text)
    ]


def link_texts(body: str) -> list[LinkText]:
    """What each link of a Markdown text says."""
    found = []
    for token, _ in _inlines(body):
        words: list[str] | None = None
        line = _line(token)
        start = line
        for child in token.children or ():
            if child.type in _BREAKS:
                line += 1
            if child.type == "link_open":
                words, start = [], line
            elif child.type == "link_close" and words is not None:
                found.append(LinkText(" ".join("".join(words).split()), start))
                words = None
            elif words is not None:
                words.append(" " if child.type in _BREAKS else child.content)
    return found


def _asides(body: str) -> Iterator[tuple[str, int]]:
    for token in tokenise(body):
        if token.type in ("fence", "code_block"):
            yield token.info, _line(token)
            # Each line of code stands on its own, as a list item does.
            begins = _line(token) + (token.type == "fence")
            yield from ((text, begins + at) for at, text in enumerate(token.content.split("\n")))
        line = _line(token)
        for child in token.children or ():
            line += child.type in _BREAKS
            if child.type == "image":
                yield child.content, line
            yield str(child.attrGet("title") or ""), line


def _inlines(body: str) -> Iterator[tuple[Token, str]]:
    kinds = [TEXT]
    for token in tokenise(body):
        opened = {
            "heading_open": HEADING,
            "footnote_reference_open": SOURCE,
            "footnote_open": SOURCE,
            "dt_open": LABEL,
        }.get(token.type)
        if opened:
            kinds.append(opened)
        elif token.type in (
            "heading_close",
            "footnote_reference_close",
            "footnote_close",
            "dt_close",
        ):
            kinds.pop()
        elif token.type in ("inline", TANGLED):
            yield token, SOURCE if SOURCE in kinds else kinds[-1]


def _split(token: Token, kind: str) -> Iterator[Sentence]:
    """The sentences of a block. Breaks are marked while splitting, so that each knows its line."""
    text, starts = "", []
    for words, line in _pieces(token, _line(token)):
        starts.append((len(text), line))
        text += words
    place = 0
    for sentence in sentences(text):
        first = sentence.split(" ", 1)[0]
        place = max(text.find(first, place), place)
        before = [number for at, number in starts if at <= place]
        yield Sentence(sentence, before[-1] if before else _line(token), kind)
        place += len(first)


def _pieces(token: Token, line: int) -> Iterator[tuple[str, int]]:
    """The words of a block with their lines. What is left as it is typed comes without children."""
    if not token.children:
        for offset, words in enumerate(token.content.split("\n")):
            yield words + " ", line + offset
    for child in token.children or ():
        if child.type in _BREAKS:
            line += 1
            yield " ", line
        elif child.type in ("text", "code_inline"):
            yield child.content, line


def _line(token: Token) -> int:
    return 1 + (token.map[0] if token.map else 0)
