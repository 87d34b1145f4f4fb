"""The last gate: only the elements, attributes and addresses named here leave the room.

The renderer writes nothing else anyway; this holds even where the renderer has a fault.
"""

import nh3

from clinic_site.markup.addresses import is_own

_PLAIN = {"blockquote", "br", "code", "details", "em", "hr", "p", "picture", "pre"}
_PLAIN |= {"strong", "summary", "sup", "tbody", "thead", "tr", "dl", "ul", "span", "section"}
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_CELLS = {"th", "td"}

TAGS = _PLAIN | _HEADINGS | _CELLS
TAGS |= {"a", "aside", "dd", "div", "dt", "img", "li", "ol", "source", "table"}

ATTRIBUTES: dict[str, set[str]] = {
    "a": {"aria-label", "href", "id", "title"},
    "aside": {"aria-label"},
    "div": {"aria-label"},
    "dt": {"id"},
    "img": {"alt", "height", "src", "title", "width"},
    "li": {"id"},
    "ol": {"start"},
    "source": {"sizes", "srcset", "type"},
} | {heading: {"id"} for heading in sorted(_HEADINGS)}

ATTRIBUTE_VALUES: dict[str, dict[str, set[str]]] = {
    "a": {"rel": {"noopener"}, "role": {"doc-backlink", "doc-noteref"}},
    "aside": {"role": {"note"}},
    "div": {"role": {"region"}, "tabindex": {"0"}},
    "img": {"decoding": {"async"}, "loading": {"lazy"}},
    "pre": {"tabindex": {"0"}},
    "th": {"scope": {"col"}},
}

CLASSES: dict[str, set[str]] = {
    "a": {"source-back"},
    "aside": {
        *("note", "note-note", "note-summary", "note-tip", "note-safety", "note-research"),
        *("note-call", "note-emergency", "note-today", "note-soon"),
    },
    "details": {"sensitive"},
    "div": {"table-scroll"},
    "dl": {"definition-list"},
    "ol": {"list"},
    "p": {"note-button", "note-title", "sources-title"},
    "section": {"sources"},
    "span": {"missing-image", "nowrap"},
    "sup": {"source-ref"},
    "td": {"align-center", "align-right"},
    "th": {"align-center", "align-right"},
    "ul": {"list"},
}

SCHEMES = {"http", "https", "mailto", "tel"}


def _own_address(href: str) -> str | None:
    return href if is_own(href) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values=ATTRIBUTE_VALUES,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    url_relative=_own_address,
    link_rel=None,
)


def sanitise(html: str) -> str:
    """The HTML with everything taken out that is not on the lists of this module."""
    return _CLEANER.clean(html)
