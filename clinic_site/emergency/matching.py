"""Which level of help a typed text asks for: phrases with their word order, within a few words. Pure.

The same steps are in static/js/urgent-words.js, so that what is typed on a phone need not leave it; the tests hold
both against the same phrases. Time grows with the length of the text, and no more than MOST characters are read.

>>> levels_in("I can't breathe")
(<Level.AMBULANCE: 5>,)
>>> levels_in("my shoulder hurts")
()
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from clinic_site.emergency.levels import Level
from clinic_site.emergency.rules import Phrase, Row, Rules, Term, shipped_rules
from clinic_site.typed_text import normalised

MOST = 4_000  # characters; eight times the longest message
AROUND = 9  # places between the rows of "a & b"
PAUSE = 5  # places from one sentence to the next
SHORTEST_SLIP = 4  # letters
BODY = (Level.AMBULANCE, Level.EMERGENCY, Level.TODAY)
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u2032`\u00b4]")
_PIECE = re.compile(r"[0-9]+(?:-[0-9]+)*|[a-z]+|[.!?;:,\n]")
_LONG = re.compile(r"([a-z])\1{2,}")
Placed = dict[str, set[int]]


def levels_in(*texts: str) -> tuple[Level, ...]:
    """Whom to call, the most urgent first: one level of the body's, and 9-8-8 beside it; or the numbers alone."""
    rules = shipped_rules()
    found = {level for text in texts for level in _found(text, rules)}
    body = [level for level in BODY if level in found][:1]
    crisis = [level for level in (Level.CRISIS,) if level in found]
    numbers = [level for level in (Level.NUMBERS,) if level in found and not body + crisis]
    return tuple(sorted(body + crisis + numbers, reverse=True))


def _found(text: str, rules: Rules) -> Iterator[Level]:
    placed = _placed(text, rules)
    rows = [rules.harmless[number] for number in _begun(rules.harmless_by_first, placed)]
    harmless = {place for row in rows for way in _ways(row, placed) for place in way}
    for name in placed.keys() - {"^", "$"}:
        placed[name] -= harmless
    for number in _begun(rules.kinds_by_first, placed):
        level, phrase = rules.kinds[number]
        if _stands(phrase, placed):
            yield level


def _begun(by_first: Mapping[str, Sequence[int]], placed: Placed) -> set[int]:
    return {number for name in placed for number in by_first.get(name, ())}


def _placed(text: str, rules: Rules) -> Placed:
    """Where each word stands, by all names that phrases have for it; "^" and "$" where sentences begin and end."""
    placed: Placed = {"^": {0}, "$": set()}
    place = 0
    for piece in _pieces(text, rules.joins):
        if piece == ",":
            place += 1
        elif not piece.isalnum():
            placed["$"].add(place + 1)
            place += PAUSE
            placed["^"].add(place)
        elif piece not in rules.small:
            place += 1
            for name in _names(piece, rules):
                placed.setdefault(name, set()).add(place)
    placed["$"].add(place + 1)
    return placed


def _pieces(text: str, joins: Mapping[str, str]) -> Iterator[str]:
    """Words, numbers and stops in order; two words that are read as one are joined."""
    plain = _APOSTROPHES.sub("", text[:MOST])
    if not plain.isascii():
        plain = "".join(
            sign for sign in normalised("NFKD", plain) if not unicodedata.combining(sign)
        )
    last = ""
    for found in _PIECE.finditer(_LONG.sub(r"\1", plain.lower())):
        piece = found[0].replace("-", "")
        both = joins.get(f"{last} {piece}")
        if last and not both:
            yield last
        last = both or piece
    if last:
        yield last


def _names(word: str, rules: Rules) -> list[str]:
    """What phrases call this word; where they do not know it, what they call the word that was meant."""
    named = _called(word, rules)
    if named or len(word) < SHORTEST_SLIP or word in rules.plain:
        return named
    meant = (one for one in rules.slips.get(word[0], ()) if is_slip(word, one))
    return _called(next(meant, ""), rules)


def _called(word: str, rules: Rules) -> list[str]:
    stems = (f"{word[:end]}*" for end in range(len(word), 0, -1))
    return [name for name in (word, *stems) if name in rules.words]


def is_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, added, wrong or has changed places with the next."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    at = 0
    while at < min(len(typed), len(meant)) and typed[at] == meant[at]:
        at += 1
    return (
        typed[at + 1 :] in (meant[at:], meant[at + 1 :])
        or typed[at:] == meant[at + 1 :]
        or (typed[at : at + 2] == meant[at : at + 2][::-1] and typed[at + 2 :] == meant[at + 2 :])
    )


def _stands(phrase: Phrase, placed: Placed) -> bool:
    """Whether all rows of the phrase stand near each other."""
    first, *others = ({way[0] for way in _ways(row, placed)} for row in phrase)
    around = range(-AROUND, AROUND + 1)
    return any(
        all(any(place + off in other for off in around) for other in others) for place in first
    )


def _ways(row: Row, placed: Placed) -> list[tuple[int, ...]]:
    """Where the terms of a row stand in their order, one way for each place of the last term."""
    places = [_places(term, placed) for term in row]
    if not all(places):  # a word is missing: however often the others are there
        return []
    ways: dict[int, tuple[int, ...]] = {place: (place,) for place in places[0]}
    for term, here in zip(row[1:], places[1:], strict=True):
        ways = {
            place: (*way, place)
            for end, way in ways.items()
            for place in range(end + 1, end + 2 + term.others)
            if place in here
        }
    return list(ways.values())


def _places(term: Term, placed: Placed) -> set[int]:
    return {place for word in term.words & placed.keys() for place in placed[word]}
