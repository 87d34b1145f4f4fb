"""Warning cards: pages of layout `card`, shown within the pages that name them, signed for themselves.

They live below `cards/` and have no address that patients could open.
"""

from collections.abc import Mapping, Sequence

from clinic_site.markup import card_names
from clinic_site.pages.layouts import LAYOUTS, has_own_address
from clinic_site.pages.models import Page, Revision

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


def read_at(page: Page) -> str:
    """Where patients read a page now; for a card, the first page that shows it; "" where none does."""
    if not LAYOUTS[page.layout].is_part:
        live = Revision.objects.live().with_their_people().filter(page=page)
        return page.get_absolute_url() if live.exists() else ""
    naming = Revision.objects.live().filter(body__contains=page.slug).select_related("page")
    for one in naming.order_by("page__path"):
        showing: Page = one.page
        is_read = has_own_address(layout=showing.layout, body=one.body)
        if is_read and page.slug in card_names(one.body):
            return showing.get_absolute_url()
    return ""


def words_by_name(cards: Cards) -> dict[str, str]:
    """The Markdown of each card."""
    return {name: revision.body for name, revision in cards.items()}


def shown_in(cards: Cards, *texts: str) -> Sequence[Revision]:
    """Those of the cards that these texts name, in the order of their names."""
    return tuple(cards[name] for name in sorted(card_names(*texts)) if name in cards)
