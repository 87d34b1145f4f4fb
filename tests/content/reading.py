"""Reads the files of content/ as a visitor does: rendered, as blocks of words without markup."""

import json
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from clinic_site.markup import Document, parse, read_source

CONTENT = Path(__file__).parents[2] / "content"
SEED = Path(__file__).parents[1] / "data" / "seed_statements.json"

_CARD = re.compile(
    r'<aside class="note note-(call|emergency|today|soon)"[^>]*>(.*?)</aside>', re.DOTALL
)
BLOCKS = {"p", "li", "dt", "dd", "h2", "h3", "h4", "td", "th", "aside", "section", "table"}


@dataclass(frozen=True)
class Block:
    """The words of one paragraph, label, heading or list item, and the call-out it stands in."""

    words: str
    call_out: str
    in_table: bool


class _Blocks(HTMLParser):
    """Collects the blocks of rendered words; sources and their little numbers are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Block] = []
        self.words = ""
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.finish()
        if tag not in ("br", "img", "hr", "source"):
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.finish()
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(tag == "sup" or "sources" in classes for tag, classes in self.open):
            self.words += data

    def finish(self) -> None:
        words = " ".join(self.words.split())
        self.words = ""
        if words:
            asides = [classes for tag, classes in self.open if tag == "aside"]
            in_table = any(tag == "table" for tag, _ in self.open)
            self.found.append(Block(words, asides[-1] if asides else "", in_table))


@dataclass(frozen=True)
class WarningCard:
    """A card that says whom to turn to: its level, its title, its signs and all of its words."""

    level: str
    title: str
    signs: tuple[str, ...]
    words: str
    buttons: tuple[str, ...]


def words_of(html: str) -> str:
    """The words of some HTML on one line, without the little numbers of sources."""
    in_line = re.sub(r"<sup.*?</sup>|</?(?:a|em|span|strong)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", in_line)).split())


def warning_cards(html: str) -> list[WarningCard]:
    """The warning cards in some rendered HTML, in reading order."""
    cards = []
    for level, card in _CARD.findall(html):
        title = re.search(r'<p class="note-title">(.*?)</p>', card)
        signs = tuple(words_of(sign) for sign in re.findall(r"<li>(.*?)</li>", card, re.DOTALL))
        buttons = tuple(re.findall(r'<p class="note-button"><a href="([^"]+)"', card))
        name = words_of(title[1]) if title else ""
        cards.append(WarningCard(level, name, signs, words_of(card), buttons))
    return cards


def blocks_of(html: str) -> list[Block]:
    """The blocks of words of some rendered HTML, in reading order."""
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    reader.finish()
    return reader.found


@dataclass(frozen=True)
class ContentFile:
    """One file of content/: its front matter, its source text and its parsed body."""

    name: str
    front: dict[str, Any]
    body: str
    document: Document

    @property
    def blocks(self) -> list[Block]:
        return blocks_of(self.document.html)

    @property
    def title(self) -> str:
        return str(self.front["title"])

    @property
    def summaries(self) -> list[str]:
        """The plain-words summary of the page and of each of its sections."""
        summary = self.front.get("summary")
        return ([str(summary)] if summary else []) + [
            block.words for block in self.blocks if "note-summary" in block.call_out
        ]

    def words_in_order(self) -> str:
        """Title, then everything on the page but our call-outs, which may stand anywhere."""
        ours = [block.words for block in self.blocks if not block.call_out]
        return "\n".join([self.title, *ours])


@cache
def content_file(name: str) -> ContentFile:
    """A file by its name within content/, such as "faq/does-it-hurt.md"."""
    source = read_source((CONTENT / name).read_bytes())
    document = parse(source.body, first_line=source.body_line, cards=cards())
    return ContentFile(name, source.front, source.body, document)


@cache
def cards() -> tuple[tuple[str, str], ...]:
    """The warning cards by name, with their words."""
    paths = sorted((CONTENT / "cards").glob("*.md"))
    return tuple((path.stem, read_source(path.read_bytes()).body) for path in paths)


@cache
def all_files() -> tuple[ContentFile, ...]:
    """Those in English: the words of another language are for somebody who reads it to judge."""
    paths = sorted(CONTENT.rglob("*.md"))
    files = (content_file(path.relative_to(CONTENT).as_posix()) for path in paths)
    return tuple(file for file in files if "language" not in file.front)


def children_of(folder: str) -> list[ContentFile]:
    """The files of a folder but its index, in the order in which they stand on it."""
    files = [file for file in all_files() if file.name.startswith(f"{folder}/")]
    files = [file for file in files if not file.name.endswith("/index.md")]
    return sorted(files, key=lambda file: int(str(file.front["position"])))


def pages() -> dict[str, list[ContentFile]]:
    """Each page that has an address, with the files that stand on it."""
    alone = [file for file in all_files() if "/" not in file.name]
    folders = [file for file in all_files() if file.name.endswith("/index.md")]
    return {file.name: [file] for file in alone} | {
        file.name: [file, *children_of(file.name.split("/")[0])] for file in folders
    }


@cache
def seed() -> tuple[dict[str, str], ...]:
    """The 153 statements of the seed, in order."""
    return tuple(json.loads(SEED.read_text("utf-8"))["atoms"])


@cache
def _seed_words() -> tuple[frozenset[str], tuple[str, ...]]:
    sentences = [atom["text"] for atom in seed() if atom["kind"] == "sentence"]
    return frozenset(atom["text"] for atom in seed()), tuple(sorted(sentences, key=len)[::-1])


def without_seed(words: str) -> str:
    """What is left of a block when the seed's own words are taken out, exactly as they stand."""
    whole, sentences = _seed_words()
    if words in whole:
        return ""
    for sentence in sentences:
        words = words.replace(sentence, " ")
    return re.sub(r"\s+", " ", words).strip()


def own_words(file: ContentFile) -> list[str]:
    """What we wrote ourselves in a file, block by block: no seed, no sources, no table cells."""
    front = [str(file.front.get(key) or "") for key in ("title", "summary", "consent")]
    written = front + [block.words for block in file.blocks if not block.in_table]
    return [words for words in map(without_seed, written) if words]
