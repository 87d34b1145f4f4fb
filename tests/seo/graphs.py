"""Reads the structured data of a page: its nodes, what they name, what they say."""

import json
import re
from collections.abc import Iterator
from typing import Any

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
UNSEEN = (
    "@id",
    "@type",
    "@context",
    "url",
    "item",
    "inLanguage",
    "position",
    "dayOfWeek",
    "sameAs",
    "image",
)
TIMES = ("opens", "closes", "validFrom", "validThrough", "dateModified", "lastReviewed")
Node = dict[str, Any]


def graph_in(html: str) -> list[Node]:
    """The nodes that a page tells of."""
    found = ELEMENT.findall(html)
    assert len(found) == 1
    return json.loads(found[0])["@graph"]


def nodes_in(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes_in(inner)


def references_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for inner in value.values():
            yield from references_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references_in(inner)


def values_in(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from values_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from values_in(inner, key)
    elif isinstance(value, str) and key not in (*UNSEEN, *TIMES):
        yield value


def types_of(node: Node) -> list[str]:
    kinds = node["@type"]
    return [kinds] if isinstance(kinds, str) else kinds


def lineage(vocabulary: dict[str, Any], kind: str) -> set[str]:
    """The type and all that it descends from."""
    found, waiting = set(), [kind]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += vocabulary["types"][one]["parents"]
    return found
