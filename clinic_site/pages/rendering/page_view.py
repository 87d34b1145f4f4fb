"""A page as it is read: the live revision, its document, and what stands around it.

`read_page` takes a fixed number of queries whatever the number of pages that stand on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.clinic.models import Location
from clinic_site.markup import Document
from clinic_site.markup.languages import direction
from clinic_site.markup.terms import Terms
from clinic_site.pages.actions.sign_off import (
    are_signed,
    items_of,
    stands_for,
    with_answers,
    words_hash,
)
from clinic_site.pages.layouts import LAYOUTS, Layout, language_of, layout_of
from clinic_site.pages.models import Page, Revision, SignOff
from clinic_site.pages.rendering.entries import Entry, Group, by_area, by_topic
from clinic_site.pages.rendering.frequency_chart import PhasePart, time_line
from clinic_site.pages.rendering.practitioners import (
    Person,
    changed_at,
    people,
    reviewer_named,
)
from clinic_site.pages.rendering.term_links import term_links
from clinic_site.pages.rendering.text_images import Pictures, illustrated, pictures_in
from clinic_site.pages.warning_cards import Cards, cards_named

# Where no term leads to the glossary: in itself, where a tap on words ticks them,
# where a form is filled in, and where the words are of another language.
UNLINKED = ("glossary", "symptoms", "enquiry", "welcome")


@dataclass(frozen=True)
class Reading:
    """Everything that a page's template shows."""

    revision: Revision
    entries: Sequence[Entry]
    sign_off: SignOff | None
    pictures: Pictures | None = None  # None: fetched when the text names any
    people: Sequence[Person] = ()
    place: Location | None = None  # the one that this page tells of
    people_changed_at: datetime | None = None
    entry_left_at: datetime | None = None  # when the last one that was withdrawn left the page
    cards: Cards | None = None  # None: fetched when a text names any
    known_terms: Terms = ()  # what the glossary explains

    @property
    def layout(self) -> Layout:
        return layout_of(self.revision.page.layout)

    @cached_property
    def document(self) -> Document:
        return illustrated(
            self.revision.body,
            found=self.pictures,
            cards=self.cards,
            is_top=True,
            terms=self.known_terms,
        )

    @property
    def url(self) -> str:
        return self.revision.page.get_absolute_url()

    @property
    def language(self) -> str:
        """The tag of the language that it is in; "" for English."""
        return language_of(self.revision.words())

    @property
    def direction(self) -> str:
        """How it is written: "ltr" or "rtl"."""
        return direction(self.language)

    @property
    def twin_url(self) -> str:
        """Where the page stands as Markdown."""
        return f"/{self.revision.page.path}.md"

    @property
    def changed_on(self) -> date | None:
        """The day (Vancouver) on which the page's words, or those that stand on it, last changed."""
        return timezone.localdate(self.changed_at) if self.changed_at else None

    @property
    def changed_at(self) -> datetime | None:
        """When the page's words, or those that stand on it, last changed; None for a draft."""
        cards = (self.cards or {}).values()
        shown = (self.revision, *(entry.revision for entry in self.entries), *cards)
        moments = [one.publish_at for one in shown if one.publish_at]
        if moments:
            moments += filter(None, (self.people_changed_at, self.entry_left_at))
        return max(moments, default=None)

    @cached_property
    def reviewer(self) -> Person | None:
        """Who signed the page off, where that is a practitioner; two queries, none without a sign-off."""
        return reviewer_named(self.sign_off.reviewer_name) if self.sign_off else None

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The entries as the layout groups them; one that fits no group comes under "Other"."""
        if self.layout.name == "conditions":
            return by_area(self.entries)
        if self.layout.name == "faq":
            return by_topic(self.entries, self.revision.details.get("topics", ()))
        return ()

    @cached_property
    def terms(self) -> Sequence[Entry]:
        """The entries from A to Z, whatever their position."""
        return sorted(self.entries, key=lambda entry: entry.title.casefold())

    @cached_property
    def contents(self) -> Sequence[tuple[str, str]]:
        """The contents list as (anchor, title): the people, the page's sections, the groups on it."""
        people = [(person.anchor, person.name) for person in self.people]
        sections = [(section.anchor, section.title) for section in self.document.sections]
        return [*people, *sections, *((group.anchor, group.title) for group in self.groups)]

    @property
    def areas(self) -> Sequence[tuple[str, str]]:
        """The areas of the body that a condition is listed under, as (anchor, title)."""
        named = self.revision.details.get("areas", ())
        return [(area, BODY_AREAS[area]) for area in named if area in BODY_AREAS]

    @property
    def time_line(self) -> Sequence[PhasePart]:
        """How far apart visits come, phase by phase."""
        return time_line(self.revision.details.get("phases", ()))


def read_page(path: str) -> Reading | None:
    """The page at that address as patients read it now; None where nothing is live."""
    revision = Revision.objects.live().filter(page__path=path).first()
    return reading_of(revision) if revision else None


def reading_of(revision: Revision) -> Reading:
    """Any revision as its page would show it, with the entries that are live now."""
    page = revision.page
    layout = LAYOUTS[page.layout]
    standing, left = _children(page, layout.children) if layout.children else ((), None)
    bodies = (revision.body, *(child.body for child in standing))
    pictures, cards = pictures_in(*bodies), cards_named(*bodies)
    terms = () if layout.name in UNLINKED else term_links()
    entries = tuple(Entry(child, pictures, cards, terms) for child in standing)
    sign_off = _sign_off(revision, entries, cards) if revision.health else None
    return Reading(
        revision,
        entries,
        sign_off,
        pictures,
        people(page.path) if layout.is_about_people else (),
        people_changed_at=changed_at() if layout.is_about_people else None,
        entry_left_at=left,
        cards=cards,
        known_terms=terms,
    )


def _children(page: Page, layout: str) -> tuple[Sequence[Revision], datetime | None]:
    """What stands on the page, in its order, and when the last of those left that no longer do."""
    below = Revision.objects.in_force().under(page.path).filter(page__layout=layout)
    found = list(below.select_related("page"))
    left = [one.publish_at for one in found if one.is_withdrawn and one.publish_at]
    return [one for one in found if not one.is_withdrawn], max(left, default=None)


def _sign_off(revision: Revision, entries: Sequence[Entry], cards: Cards) -> SignOff | None:
    """The one in force: of the page's own words, while each card on it is signed for itself."""
    shown = (revision, *(entry.revision for entry in entries if not entry.has_page))
    current_hash = words_hash(*shown)
    records = SignOff.objects.filter(page=revision.page, words_hash=current_hash)
    if items_of(shown):
        records = with_answers(records)
    signed = next((one for one in records if stands_for(one, shown, current_hash)), None)
    return signed if signed and are_signed(cards.values()) else None
