"""What is found for what was typed: by how much of it a passage answers; mistyped words put right where none does.

Only what patients can read at this moment is ever given: each passage is held against the live revisions.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic_site.emergency.levels import Level
from clinic_site.emergency.matching import levels_in
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.page_view import Entry
from clinic_site.search.engines import engine
from clinic_site.search.parse_query import Hit, Parts, Wanted
from clinic_site.search.ranking import Concept, called, concepts_in, covers, ranked
from clinic_site.search.spelling import put_right
from clinic_site.search.synonyms import current_synonyms
from clinic_site.search.words import Typed, read_typed

CANDIDATES = 240  # passages that are weighed
MOST_RANKED = 36
MOST_ALIKE = 3  # places that are called by another name of what was asked for
MOST_NAMES = 8
MOST = 20  # results
MOST_OF_A_PAGE = 3


@dataclass(frozen=True)
class Result:
    """One place that patients can read now. `place`: the page it stands on, "" for a page itself."""

    url: str
    title: Parts
    text: Parts
    place: str


@dataclass(frozen=True)
class Found:
    """The answer. `instead`: the words that were looked for in place of mistyped ones, else "".

    `levels`: whom to call first, where the words may come from somebody who needs help now.
    """

    typed: Typed
    results: Sequence[Result] = ()
    instead: str = ""
    is_every: bool = True
    is_cut: bool = False
    levels: Sequence[Level] = ()


def find(text: str) -> Found:
    """Everything for one search; a fixed number of queries, whatever is typed and however many pages there are."""
    typed, levels = read_typed(text), levels_in(text)
    if not typed.words:
        return Found(typed, levels=levels)
    words = typed.words
    results, is_every = _results(words, is_open=typed.is_open)
    if not is_every:
        put = put_right(words)
        again, is_every_again = (
            _results(put, is_open=typed.is_open) if put != words else ([], False)
        )
        if again and (is_every_again or not results):
            words, results, is_every = put, again, is_every_again
    instead = " ".join(words) if words != typed.words and results else ""
    return Found(
        typed,
        results[:MOST],
        instead,
        is_every,
        is_cut=len(results) > MOST,
        levels=levels,
    )


def _results(words: Sequence[str], *, is_open: bool) -> tuple[list[Result], bool]:
    """What the index finds, as far as it is live, then what else is called by the same name; whether any has it all."""
    concepts = concepts_in(words, current_synonyms(), is_open=is_open)
    phrases = tuple(dict.fromkeys(phrase for one in concepts for phrase in one.phrases))
    wanted = Wanted(phrases, is_every=False, is_open=concepts[-1].is_open)
    hits = ranked(engine().hits(wanted, CANDIDATES), concepts)
    is_every = bool(hits) and any(covers(hit, concepts) for hit in hits)
    hits = hits[:MOST_RANKED]
    asked = tuple(word for one in concepts for word in one.typed)
    names = {name for hit in hits if asked in called(hit) for name in called(hit)} - {asked}
    if names:
        also = Wanted(tuple(sorted(names))[:MOST_NAMES], is_every=False)
        exact = [hit for hit in hits if asked in called(hit)]
        alike = ranked(
            engine().hits(also, MOST_RANKED), tuple(Concept(one) for one in also.phrases)
        )
        hits = [*exact, *alike[:MOST_ALIKE], *hits]  # the first of two that are the same is shown
    return (list(_live(hits)) if hits else []), is_every


def _live(hits: Iterable[Hit]) -> Iterable[Result]:
    """The hits whose revision is in force and whose page stands where it can be read; one query."""
    first: dict[tuple[int, str], Hit] = {}
    for hit in hits:
        first.setdefault((hit.revision, hit.anchor), hit)
    paths = {path for hit in first.values() for path in (hit.path, hit.folder) if path}
    live = {one.page.path: one for one in Revision.objects.live().filter(page__path__in=paths)}
    shown: Counter[str] = Counter()
    for hit in first.values():
        revision, folder = live.get(hit.path), live.get(hit.folder)
        if revision is None or revision.pk != hit.revision or shown[hit.path] >= MOST_OF_A_PAGE:
            continue
        entry = Entry(revision)
        if not entry.has_page and not _stands_on(revision, folder):
            continue
        shown[hit.path] += 1
        yield _result(hit, entry, folder)


def _stands_on(revision: Revision, folder: Revision | None) -> bool:
    return folder is not None and LAYOUTS[folder.page.layout].children == revision.page.layout


def _result(hit: Hit, entry: Entry, folder: Revision | None) -> Result:
    around = entry.revision if hit.anchor else folder
    place = (around.menu_title or around.title) if around else ""
    url = f"{entry.url}#{hit.anchor}" if hit.anchor else entry.url
    return Result(url, hit.title, hit.text, place)
