"""Warning cards by name: a text says `> [!CARD] back-and-legs`, and the card's own words stand there.

The words are put into the text before it is rendered, so that a page with a card is the page that it
would be with the same words typed in. Sources that a card refers to come with it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markdown_it.token import Token

from clinic_site.markup.document import CardRef, Problem
from clinic_site.markup.parsing import block_tokens, tokenise

MISSING = """> [!CALL]
> **Call 9-1-1 in an emergency**
>
> Not sure what to do? [Call 8-1-1](tel:811) for health advice in BC, day and night.
>
> [Call 9-1-1 now](tel:911)"""
NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_MARK = re.compile(r"\[!CARD\]", re.IGNORECASE)
_REFERENCE = re.compile(rf"\[!CARD\][ \t]+({NAME})", re.IGNORECASE)
_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[^\n]*(?:\n+(?: {4}|\t)[^\n]*)*", re.MULTILINE)
_ALONE = (
    "A card is named on a line of its own, by small letters, digits and hyphens: write"
    " > [!CARD] back-and-legs, with an empty line before and after it"
)


@dataclass(frozen=True)
class Spread:
    """A text with the words of its cards in place.

    lines has for each line of the text the 0-based line of the text as it was typed.
    """

    text: str
    lines: tuple[int, ...]
    cards: tuple[CardRef, ...]
    problems: tuple[Problem, ...]


def names_cards(text: str) -> bool:
    """Whether a text may name a card at all: a look that costs next to nothing."""
    return _MARK.search(text) is not None


def card_names(*texts: str) -> frozenset[str]:
    """Every name that these texts may call a card by, in small letters."""
    return frozenset(
        name.lower() for text in texts if names_cards(text) for name in _REFERENCE.findall(text)
    )


def spread(text: str, cards: Mapping[str, str] | None, *, first_line: int = 1) -> Spread:
    """The text with each card's words (by name, from `cards`) where it is named.

    Without `cards` nobody has looked: the places are left empty, and no card is missing. A card that
    is not there is a problem, and a short card with 9-1-1 stands in its place.
    """
    if not names_cards(text):
        return Spread(text, tuple(range(text.count("\n") + 1)), (), ())
    spreading = _Spreading(text, cards, first_line)
    for start, end, name in _places(block_tokens(text)):
        spreading.put(start, end, name)
    return spreading.whole()


def with_cards(text: str, cards: Mapping[str, str]) -> str:
    """The text as whoever reads Markdown should have it: each card in full."""
    return spread(text, cards).text


def put_in_place(
    text: str, cards: Mapping[str, str] | None, first_line: int
) -> tuple[list[Token], Spread]:
    """The tokens of a text with its cards, each with the lines of the text as it was typed."""
    found = spread(text, cards, first_line=first_line)
    tokens = tokenise(found.text)
    if found.text != text:
        lines = (*found.lines, len(text.split("\n")))
        for token in tokens:
            if token.map:
                token.map = [lines[min(line, len(lines) - 1)] for line in token.map]
    return tokens, found


class _Spreading:
    """One text on its way to its Spread: line by line, with where each line came from."""

    def __init__(self, text: str, cards: Mapping[str, str] | None, first_line: int) -> None:
        self._typed = text.split("\n")
        self._cards = cards
        self._first_line = first_line
        self._sources = _Sources(text)
        self._at = 0
        self._lines: list[tuple[str, int]] = []
        self._found: list[CardRef] = []
        self._problems: list[Problem] = []

    def put(self, start: int, end: int, name: str) -> None:
        """The card's words in the place of these lines; "" is a card that is named wrongly."""
        self._copy(start)
        self._at = end
        line, cards = self._first_line + start, self._cards
        self._found.append(CardRef(name, line))
        if not name or (cards is not None and name not in cards):
            self._problems.append(Problem(line, missing_card(name, cards or ())))
        if cards is not None:
            words = self._sources.taken_from(name, cards.get(name, MISSING))
            self._lines += [(one, start) for one in words.split("\n")]
        self._lines += [("", start)] * (cards is None)

    def whole(self) -> Spread:
        """The rest of the text, then the sources that came with cards."""
        self._copy(len(self._typed))
        last = self._found[-1].line - self._first_line if self._found else 0
        self._lines += [(one, last) for one in self._sources.extra_lines()]
        return Spread(
            "\n".join(words for words, _ in self._lines),
            tuple(line for _, line in self._lines),
            tuple(self._found),
            tuple(self._problems),
        )

    def _copy(self, end: int) -> None:
        self._lines += [(self._typed[at], at) for at in range(self._at, end)]


class _Sources:
    """What cards bring along: a source that the text has too, in the same words, stands there once."""

    def __init__(self, text: str) -> None:
        self._known = {match[1]: _one_line(match[0]) for match in _NOTE.finditer(text)}
        self._extra: list[str] = []

    def taken_from(self, name: str, card: str) -> str:
        """The card's words without its sources, which are kept for the end of the text."""
        card = card.replace("\r\n", "\n")
        words = _NOTE.sub("", card).strip("\n")
        for match in _NOTE.finditer(card):
            label, note = match[1], match[0].rstrip()
            known = self._known.get(label)
            if known is not None and known != _one_line(note):
                words = words.replace(f"[^{label}]", f"[^{name}-{label}]")
                note = note.replace(f"[^{label}]:", f"[^{name}-{label}]:", 1)
                label = f"{name}-{label}"
            if label not in self._known:
                self._known[label] = _one_line(note)
                self._extra.append(note)
        return words

    def extra_lines(self) -> list[str]:
        return [line for note in self._extra for line in ("", *note.split("\n"))]


def _places(tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    """(first line, line after the last, name) of each card, 0-based; "": a card that is named wrongly."""
    for index, token in enumerate(tokens):
        if token.type != "blockquote_open" or not token.map:
            continue
        inside = tokens[index + 2] if tokens[index + 1].type == "paragraph_open" else None
        if inside is None or not _MARK.match(inside.content):
            continue
        match = _REFERENCE.fullmatch(inside.content.strip())
        is_alone = not token.level and tokens[index + 4].type == "blockquote_close"
        yield token.map[0], token.map[1], match[1].lower() if match and is_alone else ""


def missing_card(name: str, known: Iterable[str]) -> str:
    """The sentence for a card that is not there, with those that are; for "", how one is named."""
    if not name:
        return _ALONE
    there = ", ".join(sorted(known)) or "none yet"
    return f"There is no card “{name}”; write one of: {there}; or make the file cards/{name}.md"


def _one_line(note: str) -> str:
    return " ".join(note.split())
