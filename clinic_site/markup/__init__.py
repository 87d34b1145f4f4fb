"""Text in, safe HTML and a tree of its parts out. Pure: no settings, no database, no files."""

from clinic_site.markup.anchors import slugify
from clinic_site.markup.cards import card_names, missing_card, with_cards
from clinic_site.markup.document import (
    CallOut,
    CardRef,
    Document,
    ImageRef,
    Item,
    Link,
    Point,
    Problem,
    Section,
)
from clinic_site.markup.front_matter_writer import write_source
from clinic_site.markup.inline import whole_numbers
from clinic_site.markup.pictures import Picture, PictureSource
from clinic_site.markup.rendering import parse
from clinic_site.markup.source import Source, SourceError, read_source

__all__ = [
    "CallOut",
    "CardRef",
    "Document",
    "ImageRef",
    "Item",
    "Link",
    "Picture",
    "PictureSource",
    "Point",
    "Problem",
    "Section",
    "Source",
    "SourceError",
    "card_names",
    "missing_card",
    "parse",
    "read_source",
    "slugify",
    "whole_numbers",
    "with_cards",
    "write_source",
]
