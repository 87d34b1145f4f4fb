"""Warning cards: pages of layout `card`, shown within the pages that name them, signed for themselves.

They live below `cards/` and have no address that patients could open.
"""

from collections.abc import Mapping, Sequence

from clinic_site.markup import card_names
from clinic_site.pages.models import Revision

FOLDER = "cards"
LAYOUT = "card"
Cards = Mapping[str, Revision]


def cards_named(*texts: str) -> Cards:
    """The live cards that these texts name, by name; one query, none where they name no card."""
    names = card_names(*texts)
    if not names:
        return {}
    paths = [f"{FOLDER}/{name}" for name in sorted(names)]
    live = Revision.objects.live().filter(page__layout=LAYOUT, page__path__in=paths)
    return {revision.page.slug: revision for revision in live}


def all_cards() -> Cards:
    """Every live card by name; one query."""
    live = Revision.objects.live().filter(page__layout=LAYOUT, page__parent_path=FOLDER)
    return {revision.page.slug: revision for revision in live}


def words_by_name(cards: Cards) -> dict[str, str]:
    """The Markdown of each card."""
    return {name: revision.body for name, revision in cards.items()}


def shown_in(cards: Cards, *texts: str) -> Sequence[Revision]:
    """Those of the cards that these texts name, in the order of their names."""
    return tuple(cards[name] for name in sorted(card_names(*texts)) if name in cards)
