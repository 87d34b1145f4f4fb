"""The order of what was found: how much of the question a passage answers, in its title and names first. Pure.

The database proposes, this decides: so SQLite and PostgreSQL give the same order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from clinic_site.search.parse_query import Hit
from clinic_site.search.synonyms import Phrase, Same
from clinic_site.search.words import SMALL, words_in

# They stand on every page of this site: they count only where nothing else was typed.
SUBJECT = frozenset("ims dry needling needle needles treatment treatments treat".split())
TITLE, NAME, PLACE, TEXT = 6.0, 5.0, 2.5, 1.0
OF_A_SYNONYM = 0.85  # of what the typed word itself would count
WHOLE_TITLE = 4.0  # for a title all of whose telling words were asked for
OF_A_TERM = 0.7  # the glossary explains a word; what is about the thing itself goes before
OF_A_SECTION = 0.85  # a question or a page that is about it goes before a part of another page
GLOSSARY = "glossary"  # the folder of the terms
LONGEST_PHRASE = 6
LEAST_OPEN = 5  # letters from which a word may be the beginning of a longer one
ENDINGS = ("ness", "ing", "ed", "es", "s", "e")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that was asked for: the words as typed, and what means the same."""

    typed: Phrase
    others: tuple[Phrase, ...] = ()
    is_open: bool = False

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return (*self.others, self.typed)


def concepts_in(words: Sequence[str], same: Same, *, is_open: bool) -> tuple[Concept, ...]:
    """What was asked for: phrases that have synonyms, then words; the small ones and the subject only by themselves."""
    found: list[Concept] = []
    subject: list[Concept] = []
    at = 0
    while at < len(words):
        phrase = _longest(words[at:], same)
        at += len(phrase)
        others = tuple(dict.fromkeys(one for one in same.get(phrase, ()) if one != phrase))
        goes_on = is_open and at == len(words) and len(phrase[-1]) >= LEAST_OPEN
        if phrase[0] in SUBJECT and not others:
            subject.append(Concept(phrase))
        elif others or phrase[0] not in SMALL:
            found.append(Concept(phrase, others, goes_on))
    return tuple(dict.fromkeys(found or subject or [Concept((word,)) for word in words]))


def _longest(words: Sequence[str], same: Same) -> Phrase:
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        if (phrase := tuple(words[:length])) in same:
            return phrase
    return (words[0],)


def ranked(hits: Iterable[Hit], concepts: Sequence[Concept]) -> list[Hit]:
    """The hits with the best answer first; ties by their address."""
    read = [(hit, _fields(hit)) for hit in hits]
    matches = [[_best(concept, fields) for concept in concepts] for _, fields in read]
    having = [sum(1 for row in matches if row[number]) for number in range(len(concepts))]
    rare = [log(2 + len(read) / (1 + many)) for many in having]

    asked = tuple(word for concept in concepts for word in concept.typed)

    def key(place: int) -> tuple[bool, float, str, str]:
        hit, fields = read[place]
        row = matches[place]
        told = sum(weight * best for weight, best in zip(rare, row, strict=True))
        answered = sum(weight for weight, best in zip(rare, row, strict=True) if best)
        share = answered / (sum(rare) or 1)
        told += WHOLE_TITLE * _name_share(hit, concepts)
        weight = OF_A_TERM if hit.folder == GLOSSARY else OF_A_SECTION if hit.anchor else 1.0
        return (asked not in called(hit), -told * share * weight, hit.path, hit.anchor)

    return [read[place][0] for place in sorted(range(len(read)), key=key)]


def called(hit: Hit) -> set[Phrase]:
    """All that a page is called, each name in words; a section has no names of its own."""
    names = () if hit.anchor else ("".join(part for part, _ in hit.title), *hit.names.split("; "))
    return {words for name in names if (words := tuple(words_in(name)))}


def covers(hit: Hit, concepts: Sequence[Concept]) -> bool:
    """Whether a passage has all that was asked for."""
    fields = _fields(hit)
    return all(_best(concept, fields) for concept in concepts)


def stem(word: str) -> str:
    """A word without its usual endings, for comparing only.

    >>> [stem(word) for word in ("soreness", "sore", "driving", "drive", "fees", "much")]
    ['sor', 'sor', 'driv', 'driv', 'fee', 'much']
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return stem(word[: -len(ending)])
    return word


Field = tuple[str, ...]


def _fields(hit: Hit) -> tuple[Field, Field, Field, Field]:
    title = "".join(part for part, _ in hit.title)
    texts = (title, hit.names, hit.place, hit.words)
    name, names, place, words = (tuple(map(stem, words_in(text))) for text in texts)
    return name, names, place, words


def _best(concept: Concept, fields: Sequence[Field]) -> float:
    """What the best place counts in which the concept stands; 0 where it stands nowhere."""
    best = 0.0
    for weight, field in zip((TITLE, NAME, PLACE, TEXT), fields, strict=True):
        if weight > best and _stands(concept.typed, field, is_open=concept.is_open):
            best = weight
        if weight * OF_A_SYNONYM > best and any(_stands(one, field) for one in concept.others):
            best = weight * OF_A_SYNONYM
    return best


def _stands(phrase: Phrase, field: Field, *, is_open: bool = False) -> bool:
    asked = tuple(map(stem, phrase))
    if len(asked) > 1:
        return any(field[at : at + len(asked)] == asked for at in range(len(field)))
    if is_open:
        return any(word.startswith(asked[0]) for word in field)
    return asked[0] in field


def _name_share(hit: Hit, concepts: Sequence[Concept]) -> float:
    """How much of its title, or of another of its names, was asked for, from 0 to 1."""
    asked = {stem(word) for concept in concepts for phrase in concept.phrases for word in phrase}
    small = {stem(word) for word in SMALL | SUBJECT} - asked
    telling = [{stem(word) for word in name} - small for name in called(hit) or _title(hit)]
    return max((len(words & asked) / len(words) for words in telling if words), default=0.0)


def _title(hit: Hit) -> set[Phrase]:
    return {tuple(words_in("".join(part for part, _ in hit.title)))}
