"""Every address of the site as it will be, with the anchors that stand there. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.pages.layouts import LAYOUTS, has_own_address
from clinic_site.pages.models import page_url


@dataclass(frozen=True)
class Place:
    """One version of a page: its address, what it says, and the anchors of its body."""

    path: str
    fields: Mapping[str, Any]
    anchors: frozenset[str]

    @property
    def layout(self) -> str:
        return str(self.fields["layout"])

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def topics(self) -> frozenset[str]:
        """The slugs of its topics, which are anchors too."""
        return frozenset(topic["slug"] for topic in self.fields.get("details.topics") or ())


@dataclass
class Atlas:
    """Addresses with their anchors. A page may be there in several versions: any of them counts."""

    anchors: dict[str, set[str]] = field(default_factory=dict)
    layouts: dict[str, set[str]] = field(default_factory=dict)
    topics: dict[str, set[str]] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)  # paths of what is shown within other pages

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Atlas":
        atlas = cls()
        for place in places:
            atlas.add(place)
        return atlas

    def add(self, place: Place) -> None:
        """Put a page on its own address, and on its folder's index if it stands there."""
        if LAYOUTS[place.layout].is_part:
            self.parts.add(place.path)
            return
        own = self.anchors.setdefault(page_url(place.path), set())
        if has_own_address(layout=place.layout, body=place.fields["body"]):
            own |= place.anchors | place.topics
        self.layouts.setdefault(place.path, set()).add(place.layout)
        self.topics.setdefault(place.path, set()).update(place.topics)
        if LAYOUTS[place.layout].stands_on_index:
            index = self.anchors.setdefault(page_url(place.folder), set())
            index.add(place.slug)
            index |= {f"{place.slug}-{anchor}" for anchor in place.anchors}
            index |= BODY_AREAS.keys() & set(place.fields.get("details.areas") or ())

    def has_index(self, place: Place) -> bool:
        """Whether the folder of a standing page has an index that shows pages of its layout."""
        return any(
            LAYOUTS[layout].children == place.layout
            for layout in self.layouts.get(place.folder, ())
        )
