"""What is found for what was typed: all of the words; else mistyped ones put right; else any of them.

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
from clinic_site.search.spelling import put_right
from clinic_site.search.words import Typed, read_typed, words_in

CANDIDATES = 36
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
    words, is_every = typed.words, True
    results = _results(Wanted.words(words, is_every=True, is_open=typed.is_open))
    if not results:
        words = put_right(words)
        if words != typed.words:
            results = _results(Wanted.words(words, is_every=True, is_open=typed.is_open))
    if not results and len(words) > 1:
        is_every = False
        results = _results(Wanted.words(words, is_every=False, is_open=typed.is_open))
    instead = " ".join(words) if words != typed.words and results else ""
    return Found(
        typed,
        results[:MOST],
        instead,
        is_every,
        is_cut=len(results) > MOST,
        levels=levels,
    )


def _results(wanted: Wanted) -> list[Result]:
    """What the index finds, as far as it is live; then what else is called by the same name."""
    hits = engine().hits(wanted, CANDIDATES)
    if wanted.is_every:
        asked = tuple(word for phrase in wanted.phrases for word in phrase)
        hits.sort(key=lambda hit: asked not in _called(hit))
        names = {name for hit in hits if asked in _called(hit) for name in _called(hit)} - {asked}
        if names:
            also = Wanted(tuple(sorted(names))[:MOST_NAMES], is_every=False)
            hits += engine().hits(also, CANDIDATES)
    return list(_live(hits)) if hits else []


def _called(hit: Hit) -> set[tuple[str, ...]]:
    """All that a page is called, each name in words; a section has no names of its own."""
    names = () if hit.anchor else ("".join(part for part, _ in hit.title), *hit.names.split("; "))
    return {words for name in names if (words := tuple(words_in(name)))}


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
