"""When an address last changed, as the sitemap says it: by the words of its page and by all that stands on it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.practitioners import changed_at
from clinic_site.pages.warning_cards import cards_named, shown_in


def last_changed(revisions: Sequence[Revision]) -> list[datetime]:
    """For each of these live revisions; an index changes with its entries, any page with its cards and people.

    Three queries at most.
    """
    folders = [one.page.path for one in revisions if LAYOUTS[one.page.layout].children]
    below = Revision.objects.in_force().filter(page__parent_path__in=folders).order_by()
    newest = below.values_list("page__parent_path").annotate(Max("publish_at")) if folders else ()
    changed: dict[str, datetime | None] = dict(newest)
    for one in revisions:
        if LAYOUTS[one.page.layout].is_about_people:
            changed[one.page.path] = changed_at()
    cards = cards_named(*(one.body for one in revisions))
    return [
        max(
            filter(
                None,
                (
                    one.publish_at,
                    changed.get(one.page.path),
                    *(card.publish_at for card in shown_in(cards, one.body)),
                ),
            )
        )
        for one in revisions
    ]
