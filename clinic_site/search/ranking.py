"""The order of what was found: how much of the question a passage answers, in its title and names first. Pure.

The database says where the words stand, this decides: so SQLite and PostgreSQL give the same order.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from clinic_site.search.engine_types import FIELDS, Concept, Phrase, Place
from clinic_site.search.normalizing import SMALL, WEAK, stem, stems_in
from clinic_site.search.synonyms import Same

# They stand on every page of this site: they count only where nothing else was typed.
SUBJECT = frozenset("ims dry needling needle needles needled treatment treatments treat".split())
WEIGHTS = (6.0, 5.0, 2.5, 1.0)  # of FIELDS
TEXT = FIELDS.index("text")
OF_A_SYNONYM = 0.85  # of what the typed word itself would count
OF_A_WEAK = 0.15  # of what a telling word would count
WHOLE_TITLE = 4.0  # for a title all of whose telling words were asked for
LIKE_TITLE = 3.0  # for a title with the very words that were typed, the small ones too
OF_A_TERM = 0.7  # the glossary explains a word; what is about the thing itself goes before
OF_A_SECTION = 0.85  # a question or a page that is about it goes before a part of another page
OF_A_WARNING = (
    0.5  # signs that need help stand on every page: they go before only where help is needed
)
USUAL_LENGTH = 400  # signs of a text; in a longer one a word says less
COMMON = 1_000  # passages; a word in so many of them says next to nothing
OF_THE_CLINIC = ("clinic", "practitioners")  # layouts whose parts are found like pages
GLOSSARY = "glossary"  # the folder of the terms
LONGEST_PHRASE = 6
_QUESTION = re.compile(r"[^?]+\?")  # of a title that asks two things, each
SMALL_STEMS = frozenset(map(stem, SMALL))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `path`, `folder` and `layout` are of its page, as they are now."""

    passage: int
    path: str
    folder: str
    layout: str
    revision: int
    anchor: str
    is_warning: bool
    title: str
    names: str
    text: str

    @property
    def called(self) -> set[Phrase]:
        """All that it is called, each name in stems; a part of a page only where that tells of the clinic itself."""
        names = () if self.anchor and self.layout not in OF_THE_CLINIC else self.names.split("; ")
        titles = (self.title, *_QUESTION.findall(self.title))
        return {stems for name in (*titles, *names) if (stems := _name_stems(name))}

    def is_called(self, asked: Phrase) -> bool:
        """Whether that is one of its names but for the words that say nothing: "What is IMS?" is called ims."""
        if self.anchor and self.layout not in OF_THE_CLINIC:
            return False
        return any(asked in (name, _telling(name)) for name in self.called)


@lru_cache(maxsize=20_000)
def _name_stems(name: str) -> Phrase:
    """Titles and names are the same in each search."""
    return tuple(stems_in(name))


Row = list[
    tuple[float, bool]
]  # for each concept: what its best place counts, and whether that is only in the text


@dataclass(frozen=True)
class Matches:
    """What was found of which concept in which passage."""

    rows: Mapping[int, Row]
    rare: Sequence[float]  # what each concept counts: more for one that stands in few passages
    known: Sequence[bool]  # for each concept, whether some passage has it

    def share(self, passage: int) -> float:
        """How much of the question a passage has, from 0 to 1."""
        row = self.rows[passage]
        had = sum(weight for weight, (best, _) in zip(self.rare, row, strict=True) if best)
        return had / (sum(self.rare) or 1)

    def first(self, most: int) -> list[int]:
        """The passages that may come first, before their titles are looked at."""
        told = {
            passage: self.share(passage) ** 2
            * sum(w * best for w, (best, _) in zip(self.rare, row, strict=True))
            for passage, row in self.rows.items()
        }
        return sorted(told, key=lambda passage: (-told[passage], passage))[:most]

    def has_all(self, passage: int, concepts: Iterable[int]) -> bool:
        """Whether these concepts, by their numbers, all stand in a passage."""
        return all(self.rows[passage][number][0] for number in concepts)


def concepts_in(words: Sequence[str], same: Same, *, is_open: bool) -> tuple[Concept, ...]:
    """What was asked for: phrases that have synonyms, then words; the small ones and the subject only by themselves."""
    found: list[Concept] = []
    weak: list[Concept] = []
    subject: list[Concept] = []
    at = 0
    while at < len(words):
        phrase, others = _longest(words[at:], same)
        at += len(phrase)
        if len(phrase) == 1 and (phrase[0] in WEAK or phrase[0].isdigit()):
            weak.append(Concept(phrase, others))
        elif others or phrase[0] not in SMALL | SUBJECT:
            found.append(Concept(phrase, others, is_open and at == len(words)))
        elif phrase[0] in SUBJECT:
            subject.append(Concept(phrase))
    return _told_of(found, weak, subject) or tuple(
        Concept((word,)) for word in dict.fromkeys(words)
    )


def _told_of(
    found: list[Concept], weak: list[Concept], subject: list[Concept]
) -> tuple[Concept, ...]:
    """Strong words with the weak ones beside them; where there is none, the subject, or weak words by themselves."""
    strong = found or subject
    beside = dict.fromkeys(Concept(one.typed, one.others, is_weak=bool(strong)) for one in weak)
    return (*dict.fromkeys(strong), *beside)


def subject_in(words: Sequence[str]) -> tuple[Concept, ...]:
    """What is left to look for where no telling word stands anywhere."""
    subject = [Concept((word,)) for word in words if word in SUBJECT]
    return (
        _told_of([], [Concept((word,)) for word in words if word in WEAK], subject)
        if subject
        else ()
    )


def _longest(words: Sequence[str], same: Same) -> tuple[Phrase, tuple[Phrase, ...]]:
    """The longest phrase at the beginning that means the same as others, and those; else the first word."""
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        phrase = tuple(words[:length])
        stems = tuple(map(stem, phrase))
        if stems in same:
            return phrase, tuple(one for one in same[stems] if tuple(map(stem, one)) != stems)
    return (words[0],), ()


def matched(places: Iterable[Place], concepts: Sequence[Concept]) -> Matches:
    """What the index told, by passage."""
    rows: dict[int, Row] = {}
    counted = [
        [(weight * part, field == TEXT) for part in (OF_A_SYNONYM, 1.0)]
        for field, weight in enumerate(WEIGHTS)
    ]
    for passage, concept, field, is_typed in places:
        row = rows.setdefault(passage, [(0.0, False)] * len(concepts))
        row[concept] = max(row[concept], counted[field][is_typed])
    strong = [number for number, concept in enumerate(concepts) if not concept.is_weak]
    rows = {one: row for one, row in rows.items() if any(row[number][0] for number in strong)}
    having = [sum(1 for row in rows.values() if row[number][0]) for number in range(len(concepts))]
    rare = [
        log(1 + COMMON / (1 + many)) * (OF_A_WEAK if concept.is_weak else 1)
        for concept, many in zip(concepts, having, strict=True)
    ]
    return Matches(rows, rare, [many > 0 for many in having])


def ranked(
    hits: Iterable[Hit],
    matches: Matches,
    concepts: Sequence[Concept],
    *,
    words: Sequence[str] = (),
    is_urgent: bool = False,
) -> list[tuple[Hit, float]]:
    """The hits with the best answer first and what each counts; ties by their address.

    `words`: all that was typed, for the question that is most like it.
    """
    said = set(map(stem, words))
    asked = telling_stems(word for concept in concepts for word in concept.typed)
    telling, small = _telling_and_small(concepts)

    def counts(hit: Hit) -> float:
        long = min(1.0, USUAL_LENGTH / (1 + len(hit.text))) ** 0.3
        row = zip(matches.rare, matches.rows[hit.passage], strict=True)
        told = sum(weight * best * (long if is_text else 1) for weight, (best, is_text) in row)
        told += WHOLE_TITLE * _name_share(hit, telling, small) + LIKE_TITLE * _likeness(hit, said)
        weight = OF_A_TERM if hit.folder == GLOSSARY else OF_A_SECTION if hit.anchor else 1.0
        if hit.is_warning and not is_urgent:
            weight *= OF_A_WARNING
        return told * matches.share(hit.passage) ** 2 * weight

    told = [(hit, counts(hit)) for hit in hits]
    return sorted(
        told, key=lambda one: (not one[0].is_called(asked), -one[1], one[0].path, one[0].anchor)
    )


def asked_share(hit: Hit, concepts: Sequence[Concept]) -> float:
    """How much of its title, or of another of its names, was asked for, from 0 to 1."""
    return _name_share(hit, *_telling_and_small(concepts))


def _telling_and_small(concepts: Sequence[Concept]) -> tuple[set[str], set[str]]:
    phrases = (phrase for one in concepts for phrase in (one.typed, *one.others))
    telling = {stem(word) for phrase in phrases for word in phrase}
    return telling, {stem(word) for word in SMALL | WEAK | SUBJECT} - telling


def _name_share(hit: Hit, telling: set[str], small: set[str]) -> float:
    names = [set(name) - small for name in hit.called]
    return max((len(words & telling) / len(words) for words in names if words), default=0.0)


def _likeness(hit: Hit, said: set[str]) -> float:
    title = set(stems_in(hit.title))
    return len(title & said) / (len(title | said) or 1)


def telling_stems(words: Iterable[str]) -> Phrase:
    """The stems of the words that are not small; of all, where there are only small ones."""
    return _telling(map(stem, words))


def _telling(stems: Iterable[str]) -> Phrase:
    every = tuple(stems)
    return tuple(one for one in every if one not in SMALL_STEMS) or every
