"""Structured data of the people who treat patients here."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_site.seo.schema_org import Node, Site, present


@dataclass(frozen=True)
class Facts:
    """What a page says of somebody, word for word; `image`: an absolute address, `places`: `@id`s."""

    job_title: str = ""
    register: str = ""
    about: str = ""
    languages: Sequence[str] = ()
    credentials: Sequence[str] = ()
    image: str = ""
    places: Sequence[str] = ()


def person_id(url: str) -> str:
    """The `@id` of whom this address tells of: their place on it, or the page's anchor `person`."""
    return url if "#" in url else f"{url}#person"


def person(site: Site, *, url: str, name: str, facts: Facts | None = None) -> Node:
    """Someone of the clinic. `url`: the page about them, or their place on the page about all."""
    told = facts or Facts()
    return present(
        {
            "@type": "Person",
            "@id": person_id(url),
            "url": url,
            "name": name,
            "jobTitle": told.job_title,
            "description": told.about,
            "image": told.image,
            "knowsLanguage": list(told.languages),
            "hasCredential": [
                {"@type": "EducationalOccupationalCredential", "name": one}
                for one in told.credentials
            ],
            "sameAs": told.register,
            "worksFor": site.reference("clinic"),
            "workLocation": [{"@id": one} for one in told.places],
        }
    )


def everybody(page: str, people: Sequence[Node]) -> Node:
    """Several people as the one thing that the page at this address is about."""
    return {
        "@type": "ItemList",
        "@id": f"{page}#people",
        "itemListElement": [{"@id": one["@id"]} for one in people],
    }
