"""The shapes that the room hands out: a parsed document, its parts, and what is wrong with it.

All of them are frozen values. Lines are 1-based lines of the file the text came from. Every field of
type SafeString has been through the sanitiser and may be shown as it is; every other string is
plain text, to be escaped by the template.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, on which line, and what to write instead."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a reader can follow it: an address that was let through, and its line."""

    href: str
    line: int


@dataclass(frozen=True, slots=True)
class ImageRef:
    """An image that the text asks for: `image:12` or a site-absolute address."""

    src: str
    alt: str
    line: int


@dataclass(frozen=True, slots=True)
class CardRef:
    """A warning card that the text names; "" where the name can't be read."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Point:
    """A label of a definition list with what it says: html is all of it, bodies each `: ` apart."""

    label: str
    html: SafeString
    bodies: tuple[SafeString, ...]
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class CallOut:
    """A call-out at the top level: its kind, such as "CALL", and the entries of the lists in it."""

    kind: str
    html: SafeString
    bullets: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A `###` heading with what stands under it; html leaves the heading itself out."""

    title: str
    title_html: SafeString
    anchor: str
    line: int
    html: SafeString
    text: str
    points: tuple[Point, ...]
    bullets: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A `##` heading with what stands under it.

    html is everything below the heading (summary, lead and items with their headings); summary
    and lead are the parts of it before the first item, apart from each other. bullets are the
    entries of its lists, as far as those stand before the first item and in no call-out.
    """

    title: str
    title_html: SafeString
    anchor: str
    line: int
    summary: SafeString
    lead: SafeString
    items: tuple[Item, ...]
    html: SafeString
    text: str
    points: tuple[Point, ...]
    bullets: tuple[SafeString, ...]
    call_outs: tuple[CallOut, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text as a tree.

    html is the whole text with its headings and its sources; text is its words without the
    sources, white space collapsed; words counts them; lead_text is those before the first section.
    """

    summary: SafeString
    lead: SafeString
    sections: tuple[Section, ...]
    points: tuple[Point, ...]
    footnotes: SafeString
    html: SafeString
    text: str
    lead_text: str
    words: int
    links: tuple[Link, ...]
    images: tuple[ImageRef, ...]
    anchors: frozenset[str]
    cards: tuple[CardRef, ...]
    problems: tuple[Problem, ...]
