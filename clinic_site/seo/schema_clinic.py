"""Structured data of the clinic: one place is the clinic itself; several are each a clinic of their own below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_site.seo.schema_org import PRACTICE_TYPES, Node, Site, present


@dataclass(frozen=True)
class Opening:
    """Opening hours: a schema.org day name, or a span of dates for a closure; times as HH:MM."""

    day: str = ""
    opens: str = ""
    closes: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Place:
    """Where and when patients are seen. `url`: its page, "" where it has none of its own.

    `in_full`: the page tells its hours, its closures and its point on the map.
    """

    name: str
    street: str
    city: str
    province: str
    postal_code: str
    country: str = "CA"
    url: str = ""
    phone: str = ""
    email: str = ""
    latitude: float | None = None
    longitude: float | None = None
    languages: Sequence[str] = ()
    hours: Sequence[Opening] = ()
    closures: Sequence[Opening] = ()
    in_full: bool = False

    @property
    def id(self) -> str:
        """Stays while the address of its page does."""
        return f"{self.url}#place"


@dataclass(frozen=True)
class Practice:
    """The clinic as a whole: how to reach it, and whether this page is the one about it."""

    phone: str
    email: str = ""
    is_told: bool = False


def clinic(site: Site, practice: Practice, places: Sequence[Place]) -> Iterator[Node]:
    """The clinic and, where it has several places, each of them: what the page and its foot say."""
    if len(places) < 2:
        yield present(
            {
                **_practice(site, practice, PRACTICE_TYPES),
                **(_where(places[0]) if places else {}),
                **(
                    _in_full(site, practice.email, places[0]) if places and practice.is_told else {}
                ),
            }
        )
        return
    yield present(
        {
            **_practice(site, practice, ["MedicalOrganization"]),
            "email": practice.email if practice.is_told else "",
            "subOrganization": [{"@id": place.id} for place in places],
        }
    )
    yield from (_one_of_several(site, practice, place) for place in places)


def _one_of_several(site: Site, practice: Practice, place: Place) -> Node:
    return present(
        {
            "@type": PRACTICE_TYPES,
            "@id": place.id,
            "name": place.name,
            "url": place.url,
            "telephone": place.phone or practice.phone,
            **_where(place),
            **(_in_full(site, place.email or practice.email, place) if place.in_full else {}),
            "parentOrganization": site.reference("clinic"),
        }
    )


def _practice(site: Site, practice: Practice, kinds: Sequence[str]) -> Node:
    return {
        "@type": list(kinds) if len(kinds) > 1 else kinds[0],
        "@id": site.id("clinic"),
        "name": site.name,
        "url": f"{site.url}/",
        "telephone": practice.phone,
    }


def _where(place: Place) -> Node:
    return {
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "addressLocality": place.city,
            "addressRegion": place.province,
            "postalCode": place.postal_code,
            "addressCountry": place.country,
        }
    }


def _in_full(site: Site, email: str, place: Place) -> Node:
    is_placed = place.latitude is not None and place.longitude is not None
    point = {
        "@type": "GeoCoordinates",
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    return {
        "email": email,
        "availableService": site.reference("ims"),
        "areaServed": {"@type": "City", "name": place.city},
        "geo": point if is_placed else None,
        "knowsLanguage": list(place.languages),
        "openingHoursSpecification": [_hours(one) for one in place.hours],
        "specialOpeningHoursSpecification": [_closure(one) for one in place.closures],
    }


def _hours(opening: Opening) -> Node:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{opening.day}",
        "opens": opening.opens,
        "closes": opening.closes,
    }


def _closure(opening: Opening) -> Node:
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": opening.first.isoformat() if opening.first else None,
        "validThrough": opening.last.isoformat() if opening.last else None,
        "opens": "00:00",
        "closes": "00:00",
    }
