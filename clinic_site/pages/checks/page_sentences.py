"""Every sentence that a page tells, wherever it stands: also in titles, descriptions of pictures, and code. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clinic_site.markup.prose.markdown_sentences import asides_of, sentences_of
from clinic_site.markup.prose.sentences import sentences
from clinic_site.pages.layouts import without_review_items

PLAIN = ("title", "menu_title", "summary", "description")


@dataclass(frozen=True)
class Told:
    """One sentence of a page: which field it stands in, and its line there (1-based)."""

    field: str
    line: int
    text: str


def sentences_told(words: Mapping[str, Any]) -> Iterator[Told]:
    """Every sentence in the words of a page, from its title to its details."""
    for name in PLAIN:
        for text in sentences(str(words.get(name) or "")):
            yield Told(name, 1, text)
    body = str(words.get("body") or "")
    for sentence in (*sentences_of(body), *asides_of(body)):
        yield Told("body", sentence.line, sentence.text)
    for key, value in without_review_items(words)["details"].items():
        for text in _texts(value):
            for sentence_text in sentences(text):
                yield Told(f"details.{key}", 1, sentence_text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
