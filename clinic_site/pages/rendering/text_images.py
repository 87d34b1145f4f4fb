"""The pictures and warning cards that texts ask for, fetched once for all the texts of a page."""

import re
from collections.abc import Mapping
from dataclasses import replace

from clinic_site.images.pictures import pictures
from clinic_site.markup import Document, Picture, parse
from clinic_site.markup.terms import Terms
from clinic_site.pages.warning_cards import Cards, cards_named, shown_in

_SOURCE = re.compile(r"image:([1-9][0-9]{0,8})(?![0-9])")
_SECTION = re.compile(r"^## ", re.MULTILINE)
Pictures = Mapping[str, Picture]


def pictures_in(*bodies: str) -> Pictures:
    """The pictures that these texts name, by source; one query, none when they name no image."""
    numbers = {int(number) for body in bodies for number in _SOURCE.findall(body)}
    return pictures(numbers) if numbers else {}


def picture_html(picture: Picture | None) -> str:
    """A picture that stands by itself, with its own description; "" for none."""
    return parse(f"![]({picture.src})", pictures=(picture,)).html if picture else ""


def illustrated(
    body: str,
    *,
    found: Pictures | None = None,
    cards: Cards | None = None,
    prefix: str = "",
    is_top: bool = False,
    terms: Terms = (),
) -> Document:
    """The Document of a text with its pictures and cards: those given, or, with None, fetched for this text.

    is_top says that the text stands at the top of its page: its first picture is then fetched at
    once if it comes before the first section, as readers see it without scrolling.
    """
    found = pictures_in(body) if found is None else found
    used = _used(body, found, is_top)
    named = shown_in(cards_named(body) if cards is None else cards, body)
    words = tuple((card.page.slug, card.body) for card in named)
    return parse(body, prefix=prefix, pictures=used, cards=words, terms=terms)


def _used(body: str, found: Pictures, is_top: bool) -> tuple[Picture, ...]:
    """The pictures of one text out of those found, the one at the top of the page not lazy."""
    places = {match[0]: match.start() for match in reversed(list(_SOURCE.finditer(body)))}
    used = [found[source] for source in sorted(places) if source in found]
    if not is_top or not used:
        return tuple(used)
    section = _SECTION.search(body)
    first = min(places, key=lambda source: places[source])
    is_early = section is None or places[first] < section.start()
    return tuple(
        replace(picture, is_lazy=not (is_early and picture.src == first)) for picture in used
    )
