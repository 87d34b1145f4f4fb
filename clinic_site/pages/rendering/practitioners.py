"""The people who treat patients here: as the page about them shows them, and as a sign-off names them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from clinic_site.clinic.hours_text import WEEKDAYS
from clinic_site.clinic.models import Clinic, Location, Practitioner
from clinic_site.markup import Document, Picture
from clinic_site.pages.layouts import ABOUT_PEOPLE
from clinic_site.pages.models import Revision, page_url
from clinic_site.pages.rendering.text_images import (
    Pictures,
    illustrated,
    picture_html,
    pictures_in,
)

PHOTO_SIZES = "(min-width: 48rem) 14rem, 40vw"


@dataclass(frozen=True)
class Person:
    """A practitioner under an anchor that stays when the name is put right; `folder`: of the page about them."""

    practitioner: Practitioner
    folder: str
    pictures: Pictures | None = None  # None: fetched when the text names any

    @property
    def name(self) -> str:
        return self.practitioner.name

    @property
    def anchor(self) -> str:
        return f"person-{self.practitioner.pk}"

    @property
    def path(self) -> str:
        """Of the page about this one person."""
        return f"{self.folder}/{self.practitioner.slug}"

    @property
    def url(self) -> str:
        """Of the page about this one person, or of their place on the page about all."""
        if self.practitioner.slug:
            return page_url(self.path)
        return f"{page_url(self.folder)}#{self.anchor}"

    @cached_property
    def about(self) -> Document:
        return illustrated(self.practitioner.about, found=self.pictures, prefix=f"{self.anchor}-")

    @cached_property
    def photo(self) -> Picture | None:
        """The photo as its page shows it; None without one, or where it is gone from the library."""
        source = self.practitioner.photo
        found = pictures_in(source) if self.pictures is None else self.pictures
        return replace(found[source], sizes=PHOTO_SIZES) if source in found else None

    @property
    def photo_html(self) -> str:
        return picture_html(self.photo)

    @property
    def at(self) -> Sequence[tuple[Location, Sequence[str]]]:
        """Each place where they see patients, with the weekdays; none: by arrangement."""
        rows = self.practitioner.attendances.all()
        return [
            (one.location, [WEEKDAYS[day].capitalize() for day in one.weekdays]) for one in rows
        ]


def people(folder: str) -> Sequence[Person]:
    """Everybody, in the clinic's order, for the page at that path; four queries at most."""
    found = list(Practitioner.objects.prefetch_related("attendances__location"))
    pictures = pictures_in(*(f"{one.photo}\n{one.about}" for one in found))
    return [Person(one, folder, pictures) for one in found]


def changed_at() -> datetime | None:
    """When somebody was last added, changed or taken off."""
    return Clinic.objects.values_list("people_changed_at", flat=True).first()


def page_path() -> str | None:
    """The path of the page about them, whether or not it waits for the first of them; None: taken down."""
    pages = Revision.objects.published().filter(page__layout__in=ABOUT_PEOPLE)
    return pages.values_list("page__path", flat=True).first()


def reviewer_named(name: str) -> Person | None:
    """The practitioner of that name, with what may follow it after a comma ("A. Sample, PT").

    None where nobody bears it, where two do, and while no page tells of them.
    """
    wanted = {_plain(name), _plain(name.partition(",")[0])}
    found = [one for one in Practitioner.objects.all() if _plain(one.name) in wanted]
    if len(found) != 1:
        return None
    path = page_path()  # it is live: there is somebody
    return Person(found[0], path) if path else None


def _plain(name: str) -> str:
    return " ".join(name.split())
