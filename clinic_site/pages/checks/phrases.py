"""Phrases of words, found among the tokens of a text in time in proportion to it. Pure.

A phrase is words in a row, in any case. What it may hold besides words is told at the head of claims.yaml.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from clinic_site.pages.checks.tokens import MARKS, Tokens, folded

DENIERS = frozenset("not never no nor cannot without neither nobody hardly but if".split())
GAPS = {"..": 2, "...": 4}
MOST_GAPS = 3
LONGEST = 12  # letters of a word's beginning that are looked at first
DIGITS = "0"  # the key under which phrases that begin with any number are kept
_PIECE = re.compile(r"<[a-z_]+>\??|\.{2,3}(?=\s|$)|[^\W\d_]+(?:'[^\W\d_]+)*[*?]?|\d+|[%$#★+.,!?:—]")


class PhraseError(ValueError):
    """What is wrong with a phrase, and what to write."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, or with `is_stem` every word that begins with it."""

    text: str
    is_stem: bool

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        if at < len(words) and (
            words[at].startswith(self.text) if self.is_stem else words[at] == self.text
        ):
            yield at + 1

    def openings(self) -> Iterator["_Word"]:
        yield self


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in figures."""

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        if at < len(words) and words[at][0].isdigit():
            yield at + 1

    def openings(self) -> Iterator[_Word]:
        yield _Word(DIGITS, False)


@dataclass(frozen=True, slots=True)
class _Gap:
    """Up to `most` words, none of them a mark or a denial: who writes "we are not the best" denies it."""

    most: int

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        yield at
        for place in range(at, min(at + self.most, len(words))):
            word = words[place]
            if word in MARKS or word in DENIERS or word.endswith("n't"):
                return
            yield place + 1

    def openings(self) -> Iterator[_Word]:
        raise PhraseError("begins with dots: begin it with a word")


@dataclass(frozen=True, slots=True)
class _Group:
    """One of several phrases: a <set> of words."""

    book: "PhraseBook"

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        yield from dict.fromkeys(end for _, end in self.book.at(words, at))

    def openings(self) -> Iterator[_Word]:
        yield from self.book.keys


@dataclass(frozen=True, slots=True)
class _Maybe:
    """A part that may be left out."""

    part: "_Word | _Group | _Number"

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        yield from self.part.ends(words, at)
        yield at

    def openings(self) -> Iterator[_Word]:
        raise PhraseError("begins with what may be left out: begin it with a word")


Part = _Word | _Number | _Gap | _Group | _Maybe


@dataclass(frozen=True, slots=True)
class _Phrase:
    parts: tuple[Part, ...]
    needs: frozenset[str]
    groups: tuple["PhraseBook", ...] = ()
    tag: int = 0

    def ends(self, words: Sequence[str], at: int, part: int = 0) -> Iterator[int]:
        """Where it may end if it begins at a token."""
        if part == len(self.parts):
            yield at
            return
        for place in self.parts[part].ends(words, at):
            yield from self.ends(words, place, part + 1)


@dataclass
class PhraseBook:
    """Phrases by the word they begin with. `found` is in the order of the text."""

    keys: dict[_Word, None] = field(default_factory=dict)  # each once, in order
    _by_word: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    _by_stem: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    _lengths: set[int] = field(default_factory=set)

    def add(self, phrase: _Phrase) -> None:
        """Keep one more phrase."""
        for key in dict.fromkeys(phrase.parts[0].openings()):
            self.keys[key] = None
            (self._by_stem if key.is_stem else self._by_word)[key.text].append(phrase)
            if key.is_stem:
                self._lengths.add(len(key.text))

    def at(self, words: Sequence[str], place: int) -> Iterator[tuple[int, int]]:
        """The tag and the end of every phrase that begins at this token."""
        if place < len(words):
            for phrase in self._starting(words[place]):
                for end in phrase.ends(words, place):
                    yield phrase.tag, end

    def found(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Every (start, end) in a text."""
        for _, start, end in self.tagged(tokens):
            yield start, end

    def tagged(self, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
        """Every (tag, start, end) in a text: the tag says which list a phrase is of."""
        words, heard = tokens.words, _Heard(tokens.words)
        worth = {
            word: [phrase for phrase in self._starting(word) if heard.may_hold(phrase)]
            for word in dict.fromkeys(words)
        }
        for place, word in enumerate(words):
            for phrase in worth[word]:
                for end in phrase.ends(words, place):
                    yield phrase.tag, place, end

    def _starting(self, word: str) -> Iterator[_Phrase]:
        yield from self._by_word.get(word, ())
        if word[0].isdigit() and word != DIGITS:
            yield from self._by_word.get(DIGITS, ())
        for length in self._lengths:
            if len(word) >= length:
                yield from self._by_stem.get(word[:length], ())


class _Heard:
    """The words of a text and their beginnings, to pass over phrases of which some part never stands there."""

    def __init__(self, words: Sequence[str]) -> None:
        self._present = frozenset(words)
        beginnings = (word[:length] for word in self._present for length in range(1, LONGEST + 1))
        self._begun = self._present.union(beginnings)
        if any(word[0].isdigit() for word in self._present):
            self._begun |= {DIGITS}
        self._groups: dict[int, bool] = {}

    def may_hold(self, phrase: _Phrase) -> bool:
        """False where a word of the phrase, or every word of one of its groups, is nowhere in the text."""
        return phrase.needs <= self._present and all(map(self._has_one_of, phrase.groups))

    def _has_one_of(self, book: PhraseBook) -> bool:
        if id(book) not in self._groups:
            self._groups[id(book)] = any(key.text[:LONGEST] in self._begun for key in book.keys)
        return self._groups[id(book)]


NUMBERS = (
    "one two three four five six seven eight nine ten twelve twenty thirty forty fifty sixty seventy eighty"
    " ninety hundred few single couple"
).split()


def number_book() -> PhraseBook:
    """What <number> stands for: figures, and numbers in words."""
    book = PhraseBook()
    book.add(_Phrase((_Number(),), frozenset()))
    for text in (*NUMBERS, "a few", "a single", "a couple of"):
        book.add(phrase_of(text, {}))
    return book


def book_of(*lists: Iterable[str], sets: Mapping[str, PhraseBook]) -> PhraseBook:
    """The phrases of lists, each tagged with the place of its list. PhraseError for one that is not understood."""
    book = PhraseBook()
    for tag, text in ((tag, text) for tag, phrases in enumerate(lists) for text in phrases):
        try:
            book.add(replace(phrase_of(text, sets), tag=tag))
        except PhraseError as error:
            raise PhraseError(f"“{text}” {error}") from error
    return book


def phrase_of(text: str, sets: Mapping[str, PhraseBook]) -> _Phrase:
    """One phrase, understood."""
    plain = folded(text).replace("-", " ")
    parts = tuple(_part(piece, sets) for piece in _PIECE.findall(plain))
    if not parts or isinstance(parts[-1], _Gap):
        raise PhraseError("has no words at its end: put it in quotes")
    if sum(isinstance(part, _Gap) for part in parts) > MOST_GAPS:
        raise PhraseError(f"has more than {MOST_GAPS} gaps")
    needs = frozenset(part.text for part in parts if isinstance(part, _Word) and not part.is_stem)
    return _Phrase(parts, needs, tuple(part.book for part in parts if isinstance(part, _Group)))


def _part(piece: str, sets: Mapping[str, PhraseBook]) -> Part:
    if piece in GAPS:
        return _Gap(GAPS[piece])
    may_be_left_out = len(piece) > 1 and piece.endswith("?")
    bare = piece[:-1] if may_be_left_out else piece
    part: _Word | _Group
    if bare.startswith("<"):
        if bare.strip("<>") not in sets:
            raise PhraseError(f"names a set that is not there: {bare}")
        part = _Group(sets[bare.strip("<>")])
    else:
        part = _Word(bare.rstrip("*").removesuffix("'s"), bare.endswith("*"))
    return _Maybe(part) if may_be_left_out else part
