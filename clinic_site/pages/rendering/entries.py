"""Pages that stand on their folder's index, and how an index groups them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.markup import Document
from clinic_site.markup.terms import Terms
from clinic_site.pages.layouts import has_own_address
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.text_images import Pictures, illustrated
from clinic_site.pages.warning_cards import Cards


@dataclass(frozen=True)
class Entry:
    """A page that stands on its folder's index, under its own anchor."""

    revision: Revision
    pictures: Pictures | None = None  # None: fetched when the text names any
    cards: Cards | None = None  # None: likewise
    terms: Terms = ()

    @property
    def anchor(self) -> str:
        return self.revision.page.slug

    @property
    def title(self) -> str:
        return self.revision.title

    @cached_property
    def document(self) -> Document:
        return illustrated(
            self.revision.body,
            found=self.pictures,
            cards=self.cards,
            prefix=f"{self.anchor}-",
            terms=self.terms,
        )

    @property
    def line(self) -> str:
        """The one plain line that its folder's index shows of it."""
        return self.revision.details.get("index_line") or self.revision.summary

    @property
    def other_names(self) -> Sequence[str]:
        """Those that its folder's index shows: none where a page of its own does."""
        return () if self.has_page else self.revision.details.get("other_names", ())

    @property
    def has_page(self) -> bool:
        """Whether it is read at an address of its own too."""
        return has_own_address(layout=self.revision.page.layout, body=self.revision.body)

    @property
    def url(self) -> str:
        """Where it is read: its own page if it has one, else its place on the index."""
        page = self.revision.page
        return page.get_absolute_url() if self.has_page else f"/{page.parent_path}/#{self.anchor}"


@dataclass(frozen=True)
class Group:
    """Entries under one heading: a topic of questions, an area of the body."""

    anchor: str
    title: str
    entries: Sequence[Entry]


def by_area(entries: Sequence[Entry]) -> Sequence[Group]:
    """The entries under each area of the body that they name; an area without any is left out."""
    placed = {
        area: [entry for entry in entries if area in entry.revision.details.get("areas", ())]
        for area in BODY_AREAS
    }
    return [Group(area, BODY_AREAS[area], found) for area, found in placed.items() if found]


def by_topic(entries: Sequence[Entry], topics: Iterable[dict[str, str]]) -> Sequence[Group]:
    """The entries under their topics in the order of the index; those of none come last."""
    titles = {topic["slug"]: topic["title"] for topic in topics}
    placed: dict[str, list[Entry]] = {slug: [] for slug in titles}
    for entry in entries:
        placed.setdefault(entry.revision.details.get("topic", "other"), []).append(entry)
    return [
        Group(slug, titles.get(slug, "Other questions"), found)
        for slug, found in placed.items()
        if found
    ]
