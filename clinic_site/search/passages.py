"""A live page as the passages that can be found on it. Pure but for the pictures' absence: no query.

The same tree that the page's template shows: a result leads to the very section, question or term.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.markup import Document, parse
from clinic_site.pages.layouts import LAYOUTS, has_own_address
from clinic_site.pages.models import HOME, Revision
from clinic_site.pages.warning_cards import Cards, shown_in
from clinic_site.search.models import LONGEST, Passage

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # two of these mark what was found: see engines
_HYPHENED = re.compile(r"\w+(?:-\w+)+")


def passages_of(revision: Revision, cards: Cards) -> list[Passage]:
    """Every passage of a revision whose page is at hand; at least the one for the page itself.

    `cards`: the live warning cards by name, whose words are found on the pages that show them.
    """
    shown = shown_in(cards, revision.body)
    document = parse(revision.body, cards=tuple((one.page.slug, one.body) for one in shown))
    page = revision.page
    found = [_beginning(revision, document.text)]
    if has_own_address(layout=page.layout, body=revision.body):
        found = [_beginning(revision, document.lead_text), *_sections(revision, document)]
    for passage in found:
        passage.cards_at = cards_changed_at(revision, cards)
    return found


def cards_changed_at(revision: Revision, cards: Cards) -> datetime | None:
    """When the latest of the warning cards on a page went live."""
    shown = shown_in(cards, revision.body)
    return max((one.publish_at for one in shown if one.publish_at), default=None)


def _beginning(revision: Revision, text: str) -> Passage:
    """The page itself: its title, all its names, its summary and what stands before its first section."""
    told = " ".join([revision.summary, *_shown_names(revision), text])
    names, hints = names_of(revision), hints_of(revision)
    return _passage(revision, title=revision.title, names=names, place=hints, text=told)


def _sections(revision: Revision, document: Document) -> Iterator[Passage]:
    place = [revision.title, *names_of(revision), *hints_of(revision)]
    for section in document.sections:
        is_doors = (
            revision.page.path == HOME and section.points
        )  # to pages that are found themselves
        if is_doors or len(section.anchor) > LONGEST:
            continue
        title = section.title or revision.title
        yield _passage(revision, anchor=section.anchor, title=title, place=place, text=section.text)


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
    return Passage(
        page=revision.page,
        revision=revision,
        page_version=revision.page.version,
        anchor=anchor,
        title=_plain(title)[:LONGEST],
        names=_plain("; ".join(names or ())),
        place=_plain("; ".join(place or ())),
        text=_plain(text),
    )


def _plain(text: str) -> str:
    """In one line; the letter that looks like an apostrophe becomes one, so that it parts words in every index."""
    return " ".join(_UNSEEN.sub(" ", text).replace("\u02bc", "\u2019").split())
