"""The site's CSS as minified texts, with the hashes by which the policy allows them inline.

A page waits for its styles before its words show, so it gets those of its kind and no others. static/css/components/
has a file for each thing with a look; BUNDLES says which of them a kind of page needs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rcssmin import cssmin

from clinic_site.pagecache.csp_hash import hash_source

# Where two rules weigh the same the later one counts, so the order is part of the styles.
EVERY_PAGE = (
    *(
        "layout",
        "header",
        "button",
        "contact-bar",
        "footer",
        "notice",
        "article",
        "breadcrumbs",
        "table-of-contents",
    ),
    *(
        "previous-next",
        "note",
        "explained",
        "definition-list",
        "sources",
        "table",
        "picture",
        "contact-details",
        "search-form",
    ),
)
BUNDLES: dict[str, tuple[str, ...]] = {
    "": (),
    "home": ("hero", "start-doors", "fibres", "key-figures", "home-links", "people"),
    "steps": ("steps", "cards", "frequency", "people"),
    "clinic": ("location", "people"),
    "condition": ("get-help", "condition"),
    "found": ("search-results",),
    "welcome": ("welcome",),
    "lists": ("get-help", "body-map", "conditions", "faq", "glossary"),
    "symptoms": ("body-map", "symptoms"),
    "sheet": ("body-map", "get-help", "sheet"),
    "lost": ("hero", "fibres", "search-results"),
    "forms": (
        "steps",
        "enquiry-form",
        "fields",
        "choice-chips",
        "error-summary",
        "field-advice",
        "enquiry-receipt",
    ),
}


@dataclass(frozen=True)
class Stylesheet:
    """Minified CSS and its Content-Security-Policy source."""

    text: str
    csp_source: str


def bundles(folder: Path) -> dict[str, Stylesheet]:
    """The styles of each kind of page, from the files of static/css. `OSError` when one is missing."""
    return {kind: _bundle(folder, own) for kind, own in BUNDLES.items()}


def _bundle(folder: Path, own: Iterable[str]) -> Stylesheet:
    components = (f"components/{name}" for name in (*EVERY_PAGE, *own))
    names = ("tokens", "base", *components, "print")
    text = cssmin("\n".join((folder / f"{name}.css").read_text("utf-8") for name in names))
    return Stylesheet(text, hash_source(text))
