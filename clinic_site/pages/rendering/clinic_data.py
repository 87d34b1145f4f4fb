"""The clinic, its places and its people as structured data takes them."""

from collections.abc import Iterator

from clinic_site.clinic.models import Clinic, Location
from clinic_site.clinic.phone_numbers import international_phone
from clinic_site.pages.models import page_url
from clinic_site.pages.rendering.clinic_pages import FEWEST_PLACES, folder_of_places
from clinic_site.pages.rendering.page_view import Reading
from clinic_site.pages.rendering.practitioners import Person
from clinic_site.seo.schema_clinic import Opening, Place, Practice
from clinic_site.seo.schema_clinic import clinic as clinic_graph
from clinic_site.seo.schema_org import Node, Site
from clinic_site.seo.schema_practitioner import Facts

LAYOUT = "clinic"  # of the page below which each of several places has its own


def clinic_nodes(site: Site, clinic: Clinic | None, reading: Reading) -> Iterator[Node]:
    """The clinic and its places; hours where the page tells them."""
    if clinic is None:
        return
    rows = list(clinic.locations.all())
    is_told, is_one = reading.layout.name == LAYOUT, len(rows) < FEWEST_PLACES
    folder = "" if is_one else folder_of_places()
    places = [
        _place(
            clinic, row, place_url(site.url, folder, row), row == reading.place or is_told & is_one
        )
        for row in rows
    ]
    phone = international_phone(clinic.phone)
    yield from clinic_graph(site, Practice(phone, clinic.email, is_told), places)


def person_facts(person: Person, site_url: str, clinic: Clinic | None, is_own: bool) -> Facts:
    """What is said of somebody: on the list their photo, role and languages, on their own page all of it."""
    told = person.practitioner
    image = site_url + person.photo.url if person.photo else ""
    if not is_own:
        return Facts(told.title, told.registration_url, languages=told.languages, image=image)
    since = told.needling_authorised_on
    credentials = [f"Authorised since {since:%-d %B %Y}"] if since else []
    credentials += ["Gunn IMS"] if told.holds_gunn_ims else []
    has_several = clinic is not None and len(clinic.locations.all()) >= FEWEST_PLACES
    folder = folder_of_places() if has_several else ""
    at = [place_url(site_url, folder, place) for place, _ in person.at] if has_several else []
    return Facts(
        told.title,
        told.registration_url,
        person.about.text,
        languages=told.languages,
        credentials=[*credentials, *told.training],
        image=image,
        places=[f"{one}#place" for one in at],
    )


def place_url(site_url: str, folder: str, location: Location) -> str:
    """The absolute address of the page of one of several places."""
    return site_url + page_url(f"{folder}/{location.slug}")


def _place(clinic: Clinic, location: Location, url: str, in_full: bool) -> Place:
    hours, closures = (_hours(location), _closures(clinic, location)) if in_full else ([], [])
    return Place(
        name=location.name,
        street=location.street,
        city=location.city,
        province=location.province,
        postal_code=location.postal_code,
        country=location.country,
        url=url,
        phone=international_phone(location.phone) if location.phone else "",
        email=location.email,
        latitude=location.latitude,
        longitude=location.longitude,
        languages=location.languages,
        hours=hours,
        closures=closures,
        in_full=in_full,
    )


def _hours(location: Location) -> list[Opening]:
    return [
        Opening(day.name, f"{one.opens:%H:%M}", f"{one.closes:%H:%M}")
        for day in location.week()
        for one in day.spans
    ]


def _closures(clinic: Clinic, location: Location) -> list[Opening]:
    return [
        Opening(first=one.starts_on, last=one.ends_on)
        for one in clinic.upcoming()
        if one.location_id in (None, location.pk)
    ]
