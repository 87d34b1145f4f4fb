"""What the index finds for words, in its order, as far as patients can read it at this moment. Four queries at most."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress

from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.entries import Entry
from clinic_site.search.best_bets import passages_bet_on
from clinic_site.search.engine_types import Concept
from clinic_site.search.engines import engine
from clinic_site.search.models import Passage
from clinic_site.search.normalizing import LEAST_OPEN
from clinic_site.search.ranking import (
    Hit,
    Matches,
    concepts_in,
    matched,
    ranked,
    subject_in,
    telling_stems,
)
from clinic_site.search.synonyms import current_synonyms

CANDIDATES = 60  # passages whose titles are looked at
MOST_RANKED = 36
MOST_ALIKE = 3  # places that are called by another name of what was asked for
MOST_NAMES = 8
MOST_OF_A_PAGE = 3
MOST_NEAREST = 5
CUT = 3  # letters of a word that nothing has: "diabetic" may be near to "diabetes"
QUESTION = "question"
NEAR = (QUESTION, "condition", "term")
COLUMNS = {
    "passage": "pk",
    "path": "page__path",
    "folder": "page__parent_path",
    "layout": "page__layout",
    **{name: name for name in ("revision", "anchor", "is_warning", "title", "names", "text")},
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A hit that patients can read now: its revision, the page on which it stands, and what it counts."""

    hit: Hit
    entry: Entry
    folder: Revision | None
    counts: float
    is_first: bool  # it is called as was asked, or is a best bet

    @property
    def url(self) -> str:
        """Its page; an anchor with a slash in it leads below that, to the page of a person or a place."""
        anchor = self.hit.anchor
        joint = "#" if anchor and "/" not in anchor else ""
        return f"{self.entry.url}{joint}{anchor}"

    @property
    def place(self) -> str:
        """The name of the page on which it stands; "" for a page that stands by itself."""
        around = self.entry.revision if self.hit.anchor else self.folder
        return (around.menu_title or around.title) if around else ""


@dataclass(frozen=True)
class Looked:
    """What was found for some words. `fits`: some passage has all that was asked for."""

    concepts: Sequence[Concept]
    matches: Matches
    standing: Sequence[Standing] = ()
    fits: bool = False
    known: Sequence[Concept] = field(default=())  # those that stand somewhere


def look(words: Sequence[str], *, is_open: bool, is_urgent: bool = False) -> Looked:
    """Everything for these words; where only the subject of the site is known of them, that."""
    concepts = concepts_in(words, current_synonyms().same, is_open=is_open)
    matches = matched(engine().places(concepts), concepts)
    if not matches.rows and (subject := subject_in(words)) and subject != concepts:
        matches = matched(engine().places(subject), subject)
        return _looked(words, subject, matches, is_urgent, fits=False)
    return _looked(words, concepts, matches, is_urgent)


def _looked(
    words: Sequence[str],
    concepts: Sequence[Concept],
    matches: Matches,
    is_urgent: bool,
    fits: bool = True,
) -> Looked:
    first = matches.first(CANDIDATES)
    bets = passages_bet_on(words)
    found = {hit.passage: hit for hit in _hits({*first, *bets})}
    hits = (found[one] for one in first if one in found)
    told = ranked(hits, matches, concepts, words=words, is_urgent=is_urgent)
    bet = [(found[one], 0.0) for one in bets if one in found]
    every = [n for n, one in enumerate(concepts) if not one.is_weak]
    is_every = fits and any(matches.has_all(one, every) for one in matches.rows)
    known = list(compress(concepts, matches.known))
    ordered = [*bet, *_with_namesakes(told[:MOST_RANKED], concepts)]
    asked = telling_stems(word for one in concepts for word in one.typed)
    surely = {hit.passage for hit, _ in ordered if hit.is_called(asked)}
    standing = list(_live(ordered, surely | {hit.passage for hit, _ in bet}))
    return Looked(concepts, matches, standing, is_every or bool(bet), known)


def _hits(passages: Iterable[int]) -> Iterator[Hit]:
    rows = Passage.objects.filter(pk__in=list(passages)).values_list(*COLUMNS.values())
    for row in rows:
        yield Hit(**dict(zip(COLUMNS, row, strict=True)))


Told = Sequence[tuple[Hit, float]]


def _with_namesakes(told: Told, concepts: Sequence[Concept]) -> Told:
    """Behind what is called as was asked, what bears another name of the same: "muscle knot" finds trigger points."""
    asked = telling_stems(word for one in concepts for word in one.typed)
    exact = [one for one in told if one[0].is_called(asked)]
    names = sorted({name for hit, _ in exact for name in hit.called} - {asked})[:MOST_NAMES]
    if not names:
        return told
    also = tuple(Concept(name) for name in names)
    matches = matched(engine().places(also), also)
    alike = ranked(_hits(matches.first(MOST_RANKED)), matches, also)
    return [*exact, *((hit, 0.0) for hit, _ in alike[:MOST_ALIKE]), *told]


def _live(told: Told, surely: set[int]) -> Iterator[Standing]:
    """The hits whose revision is in force and whose page stands where it can be read, each once; one query."""
    first = {hit.passage: (hit, counts) for hit, counts in reversed(told)}
    paths = {path for hit, _ in told for path in (hit.path, hit.folder) if path}
    if not paths:
        return
    live = {one.page.path: one for one in Revision.objects.live().filter(page__path__in=paths)}
    shown: Counter[str] = Counter()
    for passage in dict.fromkeys(hit.passage for hit, _ in told):
        hit, counts = first[passage]
        revision, folder = live.get(hit.path), live.get(hit.folder)
        if revision is None or revision.pk != hit.revision or shown[hit.path] >= MOST_OF_A_PAGE:
            continue
        entry = Entry(revision)
        if not entry.has_page and not _stands_on(revision, folder):
            continue
        shown[hit.path] += 1
        yield Standing(hit, entry, folder, counts, passage in surely)


def _stands_on(revision: Revision, folder: Revision | None) -> bool:
    return folder is not None and LAYOUTS[folder.page.layout].children == revision.page.layout


def nearest_questions(words: Sequence[str]) -> list[Standing]:
    """Where nothing was found: what begins like a word that was typed, then the questions that come first."""
    begun = [word[: max(LEAST_OPEN, len(word) - CUT)] for word in words if len(word) > LEAST_OPEN]
    concepts = tuple(Concept((word,), is_open=True) for word in dict.fromkeys(begun))
    matches = matched(engine().places(concepts) if concepts else (), concepts)
    alike = ranked(_hits(matches.first(MOST_RANKED)), matches, concepts)
    questions = Passage.objects.filter(page__layout=QUESTION).order_by(
        "page__position", "page__path"
    )
    first = list(_hits(questions.values_list("pk", flat=True)[:MOST_NEAREST]))
    near = [one for one in alike if one[0].layout in NEAR]
    return list(_live([*near, *((hit, 0.0) for hit in first)], set()))[:MOST_NEAREST]
