"""What a page shows beside its own words: warning cards, the clinic's places, its people. Read once a round.

When any of it changes, the page's passages are made anew although its revision is the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha1

from clinic_site.clinic.models import Clinic, Location
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.practitioners import Person, page_path, people
from clinic_site.pages.warning_cards import Cards, all_cards, shown_in

CLINIC = "clinic"  # the layout that shows the places


@dataclass(frozen=True)
class Surroundings:
    """All that any page may show beside its words."""

    cards: Cards
    clinic: Clinic | None = None
    people: Sequence[Person] = ()

    @property
    def locations(self) -> Sequence[Location]:
        return list(self.clinic.locations.all()) if self.clinic else ()

    def digest(self, revision: Revision) -> str:
        """Another one as soon as something else stands around the words of this revision; "" for nothing."""
        layout = revision.page.layout
        told: list[object] = [
            (card.pk, card.publish_at) for card in shown_in(self.cards, revision.body)
        ]
        if layout == CLINIC and self.clinic:
            told += [self.clinic.phone, self.clinic.email, *_told(self.locations)]
        if LAYOUTS[layout].is_about_people:
            told += [
                (one.url, one.name, told.title, told.languages, told.about)
                for one in self.people
                for told in [one.practitioner]
            ]
        return sha1(repr(told).encode(), usedforsecurity=False).hexdigest() if told else ""


def read_surroundings() -> Surroundings:
    """As they are now; eight queries at most."""
    clinic = Clinic.objects.prefetch_related("locations__hours").first()
    return Surroundings(all_cards(), clinic, people(page_path() or ""))


def _told(locations: Iterable[Location]) -> Iterable[object]:
    for one in locations:
        yield (one.name, one.street, one.city, one.province, one.postal_code, one.note)
        yield (one.slug, one.phone, one.email, one.directions, one.parking, one.step_free)
        yield [str(span) for span in one.hours.all()]
