"""The people who treat patients here: as the page about them shows them, and as a sign-off names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from clinic_site.clinic.models import Clinic, Practitioner
from clinic_site.markup import Document
from clinic_site.pages.layouts import ABOUT_PEOPLE
from clinic_site.pages.models import Revision, page_url
from clinic_site.pages.rendering.text_images import Pictures, illustrated, pictures_in


@dataclass(frozen=True)
class Person:
    """A practitioner under an anchor that stays when the name is put right."""

    practitioner: Practitioner
    pictures: Pictures | None = None  # None: fetched when the text names any

    @property
    def name(self) -> str:
        return self.practitioner.name

    @property
    def anchor(self) -> str:
        return f"person-{self.practitioner.pk}"

    @cached_property
    def about(self) -> Document:
        return illustrated(self.practitioner.about, found=self.pictures, prefix=f"{self.anchor}-")


@dataclass(frozen=True)
class Reviewer:
    """A practitioner who signed a page off. `url`: their place on the page about people."""

    person: Person
    url: str


def people() -> Sequence[Person]:
    """Everybody, in the clinic's order; two queries."""
    found = list(Practitioner.objects.all())
    pictures = pictures_in(*(one.about for one in found))
    return [Person(one, pictures) for one in found]


def changed_at() -> datetime | None:
    """When somebody was last added, changed or taken off."""
    return Clinic.objects.values_list("people_changed_at", flat=True).first()


def page_path() -> str | None:
    """The path of the page about them, whether or not it waits for the first of them; None: taken down."""
    pages = Revision.objects.published().filter(page__layout__in=ABOUT_PEOPLE)
    return pages.values_list("page__path", flat=True).first()


def reviewer_named(name: str) -> Reviewer | None:
    """The practitioner of that name, with what may follow it after a comma ("A. Sample, PT").

    None where nobody bears it, where two do, and while no page tells of them.
    """
    wanted = {_plain(name), _plain(name.partition(",")[0])}
    found = [one for one in Practitioner.objects.all() if _plain(one.name) in wanted]
    if len(found) != 1:
        return None
    path = page_path()  # it is live: there is somebody
    if path is None:
        return None
    person = Person(found[0])
    return Reviewer(person, f"{page_url(path)}#{person.anchor}")


def _plain(name: str) -> str:
    return " ".join(name.split())
