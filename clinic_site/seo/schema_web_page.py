"""Structured data of a page itself: its kind, what it is part of, what it is about, who has reviewed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic_site.seo.schema_org import LANGUAGE, Node, Site, present


@dataclass(frozen=True)
class Review:
    """A sign-off that holds: who has read the words, and when. `person`: the `@id` of a node for them."""

    reviewer: str
    on: date
    person: str = ""


@dataclass(frozen=True)
class WebPage:
    """A page as its structured data tells of it. `url` is its canonical address."""

    url: str
    title: str
    summary: str = ""
    language: str = ""  # its tag; "": that of the site
    kind: str = "WebPage"
    is_about_treatment: bool = False
    changed_on: date | None = None
    review: Review | None = None
    sources: Sequence[str] = ()
    picture: str = ""
    has_trail: bool = True


def web_page(
    site: Site, page: WebPage, *, about: Sequence[str] = (), entities: Sequence[str] = ()
) -> Node:
    """The page's node. `about` and `entities` are `@id`s of nodes in the same graph."""
    subjects = [site.reference("ims")] if page.is_about_treatment else []
    return present(
        {
            "@type": page.kind,
            "@id": page.url,
            "url": page.url,
            "name": page.title,
            "description": page.summary,
            "inLanguage": page.language or LANGUAGE,
            "isPartOf": site.reference("website"),
            "publisher": site.reference("clinic"),
            "breadcrumb": {"@id": f"{page.url}#breadcrumbs"} if page.has_trail else None,
            "about": [*subjects, *({"@id": one} for one in about)],
            "mainEntity": [{"@id": one} for one in entities],
            "primaryImageOfPage": _picture(page.picture),
            "dateModified": page.changed_on and page.changed_on.isoformat(),
            "citation": list(page.sources),
            **_review(page.review),
        }
    )


def _review(review: Review | None) -> Node:
    if review is None:
        return {}
    nameless = {"@type": "Person", "name": review.reviewer}
    return {
        "lastReviewed": review.on.isoformat(),
        "reviewedBy": {"@id": review.person} if review.person else nameless,
    }


def _picture(address: str) -> Node:
    return {"@type": "ImageObject", "url": address} if address else {}
