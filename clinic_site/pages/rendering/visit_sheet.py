"""What a patient ticks before a first visit: drawn from the pages that say it, so that nothing is said twice.

Nothing of it is sent or kept: the sheet is ticked, and printed, on the patient's own device.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.markup import Section, parse
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.page_view import Reading


@dataclass(frozen=True)
class Tick:
    """One thing to tick: what it says, a plainer word beside it, and a slug where a drawing names it."""

    text: SafeString | str
    plain: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Ticks:
    """A list of them under a title of its own, "" for none."""

    title: SafeString | str
    entries: Sequence[Tick]


@dataclass(frozen=True)
class SheetPart:
    """A section of the sheet, what kind of thing it shows, and what there is to tick."""

    section: Section
    shows: str
    lists: Sequence[Ticks]


def visit_sheet(reading: Reading) -> Sequence[SheetPart]:
    """The sheet's sections in order; one query."""
    shows = {one["section"]: one["shows"] for one in reading.revision.details["sections"]}
    told = list(_sources())
    return [
        SheetPart(section, kind, list(_lists(kind, section, told)))
        for section in reading.document.sections
        for kind in [shows.get(section.anchor, "")]
    ]


def _sources() -> Iterable[Revision]:
    """The live pages that the sheet draws on: the checklist, the questions, and what to tell us first."""
    told = Q(page__layout__in=("checklist", "faq", "question"))
    told |= Q(details__structured_data__has_key="contraindication")
    return Revision.objects.live().filter(told).select_related("page").order_by("page__position")


def _lists(kind: str, section: Section, told: Sequence[Revision]) -> Iterable[Ticks]:
    if kind == "areas":
        yield Ticks("", [Tick(name, slug=slug) for slug, name in BODY_AREAS.items()])
    elif kind == "ticks":
        yield Ticks("", [Tick(bullet) for bullet in section.bullets])
    elif kind == "questions":
        yield from _questions(told)
    elif kind == "reasons":
        for one in told:
            if one.page.layout == "checklist":
                yield Ticks("", [_reason(reason) for reason in parse(one.body).sections])
    elif kind == "tell-us":
        for one in told:
            yield from _told_first(one)


def _questions(told: Sequence[Revision]) -> Iterable[Ticks]:
    """The questions below the titles of their topics; those of no topic come last."""
    topics = [topic for one in told for topic in one.details.get("topics", ())]
    titles = {topic["slug"]: topic["title"] for topic in topics}
    placed: dict[str, list[Tick]] = {title: [] for title in (*titles.values(), "")}
    for one in told:
        if one.page.layout == "question":
            placed[titles.get(one.details.get("topic", ""), "")].append(Tick(one.title))
    return (Ticks(title, ticks) for title, ticks in placed.items() if ticks)


def _reason(section: Section) -> Tick:
    """A consideration by its name, with its plain words."""
    plain = " ".join(unescape(strip_tags(section.summary)).split())
    return Tick(section.title_html, plain)


def _told_first(revision: Revision) -> Iterable[Ticks]:
    """The lists of the section that a page names as what to tell us before we start."""
    anchor = revision.details.get("structured_data", {}).get("contraindication")
    for section in parse(revision.body).sections:
        if section.anchor == anchor:
            yield Ticks("", [Tick(bullet) for bullet in section.bullets])
            for item in section.items:
                if item.bullets:
                    yield Ticks(item.title_html, [Tick(bullet) for bullet in item.bullets])
