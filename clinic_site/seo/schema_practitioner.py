"""Structured data of the people who treat patients here."""

from collections.abc import Sequence

from clinic_site.seo.schema_org import Node, Site, present


def person(
    site: Site, *, url: str, name: str, job_title: str = "", register: str = "", about: str = ""
) -> Node:
    """Someone of the clinic. `url`: their place on the site; `register`: their entry with the regulator."""
    return present(
        {
            "@type": "Person",
            "@id": url,
            "url": url,
            "name": name,
            "jobTitle": job_title,
            "description": about,
            "sameAs": register,
            "worksFor": site.reference("clinic"),
        }
    )


def everybody(page: str, people: Sequence[Node]) -> Node:
    """Several people as the one thing that the page at this address is about."""
    return {
        "@type": "ItemList",
        "@id": f"{page}#people",
        "itemListElement": [{"@id": one["@id"]} for one in people],
    }
