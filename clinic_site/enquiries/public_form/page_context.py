"""What stands around the form: the words of the page, the menu and the clinic; and where they come from.

The form is answered even when the database is not, so what was read last is remembered by each process. One that
has read nothing yet takes the words and the phone number from the content files.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from clinic_site.clinic.clinic_fallback import FileClinic, known_clinic
from clinic_site.clinic.hours_text import WEEKDAYS
from clinic_site.clinic.models import Clinic, Practitioner
from clinic_site.enquiries.form_values import Kind
from clinic_site.markup import parse, read_source
from clinic_site.published.pages import published_pages

PAGES = {Kind.VISIT: "book", Kind.QUESTION: "book/question"}


@dataclass(frozen=True)
class Surroundings:
    """`page` and `frame` as the templates of pages read them; `open_days` are names of weekdays, "monday" first."""

    page: Any
    frame: Any
    open_days: Sequence[str] = WEEKDAYS[:5]
    people: Sequence[tuple[str, str]] = ()  # (end of the address, name) where there are several
    places: Sequence[tuple[str, str]] = ()

    @property
    def consent(self) -> tuple[str, str]:
        """The version of the consent wording and the wording."""
        details = self.page.revision.details
        return str(details["consent_version"]), str(details["consent"])


@dataclass
class SiteReader:
    """Reads the surroundings, and remembers them."""

    last: dict[Kind, Surroundings] = field(default_factory=dict, init=False)

    def read(self, kind: Kind = Kind.VISIT) -> Surroundings | None:
        """From the database, and remembered; None where there is no such page. Raises DatabaseError."""
        pages = published_pages()
        page = pages.read_page(PAGES[kind])
        if page is None:
            return None
        frame = pages.read_frame()
        locations = (
            list(frame.clinic.locations.all()) if frame.clinic else []
        )  # they come with the clinic
        opened = {span.weekday for place in locations for span in place.hours.all()}
        days = [day for number, day in enumerate(WEEKDAYS) if number in opened]
        people = _several(Practitioner.objects.values_list("slug", "name"))
        places = _several((place.slug, place.name) for place in locations)
        self.last[kind] = Surroundings(page, frame, days or WEEKDAYS[:5], people, places)
        return self.last[kind]

    def recall(self, kind: Kind = Kind.VISIT) -> Surroundings:
        """What was read last, without the database."""
        return self.last.get(kind) or Surroundings(
            FilePage.read(PAGES[kind]), FileFrame(known_clinic())
        )


def _several(ends: Iterable[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Each end of an address with its name; none where there is no choice."""
    found = list(ends)
    return found if len(found) > 1 else ()


SITE = SiteReader()  # one per process


@dataclass(frozen=True)
class FileRevision:
    """The words of a content file by the names that a revision has."""

    title: str
    summary: str
    details: Mapping[str, Any]
    menu_title: str = ""
    description: str = ""
    health: bool = False


@dataclass(frozen=True)
class FilePage:
    """A page as its content file has it."""

    revision: FileRevision
    document: Any
    url: str
    contents: Sequence[tuple[str, str]] = ()

    @classmethod
    def read(cls, path: str) -> "FilePage":
        """The file content/<path>.md; OSError when there is none."""
        source = read_source((settings.CONTENT_DIR / f"{path}.md").read_bytes())
        title, summary = (str(source.front.get(key) or "") for key in ("title", "summary"))
        revision = FileRevision(title, summary, source.front)
        return cls(revision, parse(source.body), f"/{path}/")


@dataclass(frozen=True)
class FileFrame:
    """The clinic without a menu."""

    clinic: Clinic | FileClinic | None
    menu: Sequence[Any] = ()
    walk: Sequence[Any] = ()
    utility: Sequence[Any] = ()
