"""A live page as the passages that can be found on it. Pure but for the pictures' absence: no query.

The same tree that the page's template shows: a result leads to the very section, item, question or term.
"""

import re
from collections.abc import Iterable, Iterator

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.markup import Document, Item, Section, parse
from clinic_site.pages.layouts import LAYOUTS, has_own_address
from clinic_site.pages.models import HOME, Revision
from clinic_site.pages.warning_cards import shown_in
from clinic_site.search.index.clinic_passages import Told, told_of, told_of_places
from clinic_site.search.index.page_extras import CLINIC, Surroundings
from clinic_site.search.models import LONGEST, Passage
from clinic_site.search.normalizing import stems_in

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_HYPHENED = re.compile(r"\w+(?:-\w+)+")
_WARNING = re.compile(r'class="note note-(?:call|emergency|today|soon)"')


def passages_of(revision: Revision, around: Surroundings) -> list[Passage]:
    """Every passage of a revision whose page is at hand; at least the one for the page itself."""
    shown = shown_in(around.cards, revision.body)
    document = parse(revision.body, cards=tuple((one.page.slug, one.body) for one in shown))
    page = revision.page
    found = [_beginning(revision, document.text)]
    if has_own_address(layout=page.layout, body=revision.body):
        found = [_beginning(revision, document.lead_text), *_sections(revision, document)]
        found += [_of(revision, told) for told in _told(revision, around)]
    digest = around.digest(revision)
    for passage in found:
        passage.surroundings = digest
    return found


def _beginning(revision: Revision, text: str) -> Passage:
    """The page itself: its title, all its names, its summary and what stands before its first section."""
    told = " ".join([revision.summary, *_shown_names(revision), text])
    names, hints = names_of(revision), hints_of(revision)
    return _passage(revision, title=revision.title, names=names, place=hints, text=told)


def _sections(revision: Revision, document: Document) -> Iterator[Passage]:
    """The sections, and what has a heading of its own in them."""
    place = [revision.title, *names_of(revision), *hints_of(revision)]
    for section in document.sections:
        is_doors = (
            revision.page.path == HOME and section.points
        )  # to pages that are found themselves
        if is_doors:
            continue
        items = [item for item in section.items if len(item.anchor) <= LONGEST and item.title]
        if len(section.anchor) <= LONGEST:
            yield _part(revision, section, place, text=_without(section, items))
        for item in items:
            yield _part(revision, item, [section.title, *place], text=item.text)


def _part(revision: Revision, part: Section | Item, place: list[str], *, text: str) -> Passage:
    passage = _passage(
        revision, anchor=part.anchor, title=part.title or revision.title, place=place, text=text
    )
    passage.is_warning = bool(_WARNING.search(part.html))
    return passage


def _without(section: Section, items: Iterable[Item]) -> str:
    """What a section says before its first item, which is found by itself, and the names of the items."""
    text = section.text
    for item in items:
        text = text.replace(item.text, " ", 1)
    return text


def _told(revision: Revision, around: Surroundings) -> Iterator[Told]:
    if revision.page.layout == CLINIC and around.clinic:
        yield from told_of_places(around.clinic, list(around.locations))
    if LAYOUTS[revision.page.layout].is_about_people:
        yield from map(told_of, around.people)


def _of(revision: Revision, told: Told) -> Passage:
    place = [revision.title, *hints_of(revision)]
    return _passage(
        revision,
        anchor=told.anchor,
        title=told.title,
        names=list(told.names),
        place=place,
        text=told.text,
    )


def names_of(revision: Revision) -> list[str]:
    """What else the page is called: whoever looks for one of these looks for the others too."""
    details = revision.details
    keys = ("other_names", "medical_names")
    others = [name for key in keys for name in details.get(key, ())]
    names = (*map(str, others), revision.menu_title, details.get("headline", ""))
    return [name for name in names if name]


def hints_of(revision: Revision) -> list[str]:
    """What the page does not say so: its address, areas, misspellings, compounds in one word ("aftercare")."""
    areas = [BODY_AREAS.get(area, "") for area in revision.details.get("areas", ())]
    slug = "" if revision.page.path == HOME else revision.page.slug.replace("-", " ")
    titles = (revision.title, revision.menu_title)
    compounds = [word.replace("-", "") for title in titles for word in _HYPHENED.findall(title)]
    misspelt = map(str, revision.details.get("misspellings", ()))
    return [hint for hint in (slug, *areas, *compounds, *misspelt) if hint]


def _shown_names(revision: Revision) -> Iterator[str]:
    names = revision.details.get("other_names")
    if names and LAYOUTS[revision.page.layout].stands_on_index:
        yield f"Also called {', '.join(map(str, names))}."


def _passage(
    revision: Revision,
    *,
    title: str,
    text: str,
    anchor: str = "",
    names: list[str] | None = None,
    place: list[str] | None = None,
) -> Passage:
    fields = {
        "title": _plain(title)[:LONGEST],
        "names": _plain("; ".join(names or ())),
        "place": _plain("; ".join(place or ())),
        "text": _plain(text),
    }
    stems = {f"{name}_stems": " ".join(stems_in(words)) for name, words in fields.items()}
    return Passage(
        page=revision.page,
        revision=revision,
        page_version=revision.page.version,
        anchor=anchor,
        **fields,
        **stems,
    )


def _plain(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())
