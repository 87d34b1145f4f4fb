"""A page as fields: the common names, and "details.<key>" for each key of its layout.

The same fields are read from a front matter, from a revision and from the clinic's tables, in the
same form, so that they can be compared: text without white space around it, LF line ends, JSON.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from clinic_site.clinic.file_mapping import canonical_details
from clinic_site.clinic.file_schema import CLINIC_SCHEMA
from clinic_site.pages.layouts import words_from
from clinic_site.pages.models import Page, Revision

DETAILS = "details."
PAGE_FIELDS = ("layout", "position")
BLANK = {"menu_title": "", "summary": "", "description": "", "body": ""}
CLINIC_FIELDS = frozenset(DETAILS + key for key in CLINIC_SCHEMA.keys)


def from_file(front: Mapping[str, Any], body: str) -> dict[str, Any]:
    """The fields of a file whose front matter has passed its layout's schema."""
    words = words_from(front, body)
    if front["layout"] == "clinic":
        words["details"] = canonical_details(words["details"])
    fields = {"layout": front["layout"], "position": front.get("position", 0)}
    return fields | from_words(words)


def from_revision(revision: Revision) -> dict[str, Any]:
    """The fields that a revision holds: all but those of the page itself and of the clinic."""
    return from_words(revision.words())


def from_page(page: Page) -> dict[str, Any]:
    """The fields that are the page's own, the same for each of its revisions."""
    return {name: getattr(page, name) for name in PAGE_FIELDS}


def from_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a revision as fields; details that say nothing (null) are left out."""
    fields = {name: value for name, value in words.items() if name != "details"}
    for name in ("title", "menu_title", "summary", "description"):
        fields[name] = tidy(fields.get(name) or "").strip()
    fields["body"] = tidy(fields.get("body") or "").strip("\n")
    fields["health"] = bool(fields.get("health"))
    details = as_json(words.get("details") or {})
    return fields | {DETAILS + key: value for key, value in details.items() if value is not None}


def to_words(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a revision that says these fields (the page's and the clinic's own left out)."""
    words = {
        name: value
        for name, value in fields.items()
        if name not in PAGE_FIELDS and not name.startswith(DETAILS)
    }
    details = {
        name.removeprefix(DETAILS): value
        for name, value in fields.items()
        if name.startswith(DETAILS)
    }
    return words | {"details": details}


def to_front(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as a front matter; None where a key need not be written."""
    front: dict[str, Any] = {}
    for name, value in fields.items():
        if name != "body":
            is_needless = name in BLANK and value == ""
            front[name.removeprefix(DETAILS)] = None if is_needless else value
    return front


def tidy(text: str) -> str:
    """The text with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_json(value: Any) -> Any:
    """The value as JSON would give it back; dates as 2026-12-24."""
    return json.loads(json.dumps(value, default=_day, ensure_ascii=False))


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} can't be kept as JSON")
