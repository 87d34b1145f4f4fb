"""Structured data as plain dictionaries: one node for each thing that a page tells of.

Vocabulary: schema.org. A node says what the page says and nothing else; empty values are left out.
`@id`s are stable: the address of the thing and a fragment.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]
LANGUAGE = "en-CA"
PRACTICE_TYPES = ["MedicalClinic", "Physiotherapy"]


@dataclass(frozen=True)
class Site:
    """The whole site. `url` is its address without a slash at the end."""

    url: str
    name: str

    def id(self, fragment: str) -> str:
        """The `@id` of a thing that belongs to the whole site."""
        return f"{self.url}/#{fragment}"

    def reference(self, fragment: str) -> Node:
        return {"@id": self.id(fragment)}


@dataclass(frozen=True)
class Treatment:
    """The treatment as the pages describe it; each value stands on the page word for word."""

    name: str
    other_names: Sequence[str] = ()
    told: Mapping[str, str | list[str]] = field(default_factory=dict)
    adverse_outcomes: Sequence[str] = ()


@dataclass(frozen=True)
class Condition:
    """A condition; each value stands on the page word for word. `areas`: the parts of the body it is listed under."""

    name: str
    other_names: Sequence[str] = ()
    areas: Sequence[str] = ()
    anatomy: Sequence[str] = ()
    signs: Sequence[str] = ()
    risk_factors: Sequence[str] = ()


def present(node: Node) -> Node:
    """The node without its empty values."""
    return {key: value for key, value in node.items() if value not in (None, "", [], (), {})}


def graph(nodes: Iterable[Node]) -> Node:
    """All the nodes of one page as one JSON-LD document."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def website(site: Site) -> Node:
    """The site itself."""
    return {
        "@type": "WebSite",
        "@id": site.id("website"),
        "url": f"{site.url}/",
        "name": site.name,
        "inLanguage": LANGUAGE,
        "publisher": site.reference("clinic"),
    }


def treatment(site: Site, described: Treatment) -> Node:
    """The treatment that this clinic's pages are about."""
    return present(
        {
            "@type": "PhysicalTherapy",
            "@id": site.id("ims"),
            "name": described.name,
            "alternateName": list(described.other_names),
            **described.told,
            "adverseOutcome": _named("MedicalSymptom", described.adverse_outcomes),
        }
    )


def condition(url: str, described: Condition) -> Node:
    """A condition, as the page at `url` tells of it.

    No possibleTreatment: that would be a bare claim, without the note that stands beside it on the page.
    """
    return present(
        {
            "@type": "MedicalCondition",
            "@id": url,
            "url": url,
            "name": described.name,
            "alternateName": list(described.other_names),
            "associatedAnatomy": [
                *_named("SuperficialAnatomy", described.areas),
                *_named("AnatomicalStructure", described.anatomy),
            ],
            "signOrSymptom": _named("MedicalSymptom", described.signs),
            "riskFactor": _named("MedicalRiskFactor", described.risk_factors),
        }
    )


def term(*, url: str, name: str, other_names: Sequence[str], meaning: str, page: str) -> Node:
    """A word of the glossary; `page` is the `@id` of the glossary's set of terms."""
    return present(
        {
            "@type": "DefinedTerm",
            "@id": url,
            "url": url,
            "name": name,
            "alternateName": list(other_names),
            "description": meaning,
            "inDefinedTermSet": {"@id": page},
        }
    )


def breadcrumbs(*, url: str, trail: Sequence[tuple[str, str]]) -> Node:
    """The way from the home page to here as (name, absolute address)."""
    return {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(trail, start=1)
        ],
    }


def _named(kind: str, names: Iterable[str]) -> list[Node]:
    return [{"@type": kind, "name": name} for name in names]
