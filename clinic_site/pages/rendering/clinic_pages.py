"""Pages that stand for a row of the clinic's tables: one for each practitioner, and one for each place of several.

They stand below the page about people and the clinic's page, at /practitioners/anna-lee/ and /clinic/main-street/,
and read like any page: a revision that is never saved carries their words.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import shorten

from django.db.models import Exists, OuterRef, Q, QuerySet

from clinic_site.clinic.models import Clinic, Location, Practitioner
from clinic_site.pages.layouts import ABOUT_PEOPLE
from clinic_site.pages.models import Page, Revision
from clinic_site.pages.rendering.page_view import Reading
from clinic_site.pages.rendering.practitioners import Person, changed_at, people

CLINIC = "clinic"  # the layout of the page that has the places
FEWEST_PLACES = 2  # below that the clinic's own page says it all
DESCRIPTION = 160  # characters that search engines show


def read_clinic_page(path: str) -> Reading | None:
    """The page of a person or a place at that address; None where there is nobody and nothing."""
    folder, _, slug = path.rpartition("/")
    if not folder or not slug:
        return None
    index = Revision.objects.live().filter(page__path=folder).first()
    if index is None:
        return None
    if index.page.layout in ABOUT_PEOPLE:
        found = [one for one in people(folder) if one.practitioner.slug == slug]
        return _of_person(found[0]) if found else None
    if index.page.layout == CLINIC:
        rows = several_places().prefetch_related("hours", "closures")
        found_places = [place for place in rows if place.slug == slug]
        return _of_place(found_places[0], index) if found_places else None
    return None


def several_places() -> QuerySet[Location]:
    """The places in their order where there are several; none where there is one."""
    places = Location.objects.exclude(slug="")
    has_several = Exists(places.order_by().filter(~Q(pk=OuterRef("pk"))))
    return places.filter(has_several)


def folder_of_places() -> str:
    """The path of the clinic's page, below which each of several places has its own; one query."""
    pages = Revision.objects.live().filter(page__layout=CLINIC)
    return pages.values_list("page__path", flat=True).first() or CLINIC


def clinic_pages(
    indexes: Iterable[Revision] | None = None,
) -> Iterator[tuple[Revision, datetime | None]]:
    """Each of these pages with when it changed, as lists of pages name it.

    `indexes`: live revisions among which are those of the pages above them; None: they are looked for.
    """
    layouts = (*ABOUT_PEOPLE, CLINIC)
    if indexes is None:
        indexes = Revision.objects.live().filter(page__layout__in=layouts)
    for index in (one for one in indexes if one.page.layout in layouts):
        if index.page.layout == CLINIC:
            for place in several_places():
                yield _place_revision(place, index), index.publish_at
            continue
        clinic, changed = Clinic.objects.first(), changed_at()
        for one in Practitioner.objects.exclude(slug=""):
            yield _person_revision(Person(one, index.page.path), clinic), changed


def _of_person(person: Person) -> Reading:
    revision = _person_revision(person, Clinic.objects.first())
    at = changed_at()
    revision.publish_at = at
    return Reading(revision, (), None, person.pictures, (person,), people_changed_at=at, cards={})


def _of_place(place: Location, index: Revision) -> Reading:
    revision = _place_revision(place, index)
    return Reading(revision, (), None, None, place=place, cards={})


def _person_revision(person: Person, clinic: Clinic | None) -> Revision:
    told = person.practitioner
    at = f" at {clinic.name}" if clinic else ""
    areas = ", ".join(words.lower() for _, words in told.area_names())
    parts = [f"{told.name}, {told.title.lower()}{at}."]
    parts += [f"Areas of interest: {areas}."] if areas else []
    parts += [f"Speaks {', '.join(told.languages)}."] if told.languages else []
    parts += ["Training, languages, days, and a link to the public register."]
    return Revision(
        page=Page(path=person.path, parent_path=person.folder, layout="person"),
        title=told.name,
        summary=f"{told.title}{at}.",
        description=shorten(" ".join(parts), DESCRIPTION, placeholder="…"),
    )


def _place_revision(place: Location, index: Revision) -> Revision:
    folder = index.page.path
    words = (
        f"{place.name}, {place.street}, {place.city}: opening hours, phone number, the way there,"
        " parking and step-free access, and who sees patients here."
    )
    return Revision(
        page=Page(path=f"{folder}/{place.slug}", parent_path=folder, layout="place"),
        title=place.name,
        summary=f"Opening hours, phone number and the way to us in {place.city}.",
        description=shorten(words, DESCRIPTION, placeholder="…"),
        publish_at=index.publish_at,
    )
