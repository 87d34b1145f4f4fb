"""What the search offers while somebody types: pages, conditions, questions and words of the site, as one small list.

A browser fetches it once, when the field is entered, so what is typed is sent nowhere. It is made from the live pages
and kept like a page, until pages change.
"""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clinic_site.pages.layouts import LAYOUTS, PARTS
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.entries import Entry
from clinic_site.search.index.passages import names_of

MOST_BYTES = 10_000  # as a browser fetches it, compressed
MOST_READ = 1_000  # pages; a larger site offers the first of each kind
# Who types into a clinic's search is in pain first, has a question next, and seldom wants a word explained.
ORDER = {"condition": 0, "question": 2, "term": 3}
OF_A_PAGE = 1
INDEXES = tuple(name for name, layout in LAYOUTS.items() if layout.children)
Suggestion = Sequence[str]  # title, address, where it stands, other names


def suggestions() -> list[Suggestion]:
    """All that is offered, the first kinds first, as many as fit; two queries."""
    live = Revision.objects.live().exclude(page__layout__in=PARTS)
    folders = {one.page.path: one for one in live.filter(page__layout__in=INDEXES)}
    pages = live.order_by("page__position", "page__path")[:MOST_READ]
    found = sorted(pages, key=lambda one: ORDER.get(one.page.layout, OF_A_PAGE))
    return within(list(_told(found, folders)), most=MOST_BYTES)


def _told(found: Sequence[Revision], folders: Mapping[str, Revision]) -> Iterator[Suggestion]:
    for one in found:
        folder, entry = folders.get(one.page.parent_path), Entry(one)
        stands = folder is not None and LAYOUTS[folder.page.layout].children == one.page.layout
        if entry.has_page or stands:
            place = (folder.menu_title or folder.title) if folder and stands else ""
            yield (one.title, entry.url, place, _names(one))


def _names(revision: Revision) -> str:
    misspelt = map(str, revision.details.get("misspellings", ()))
    return "; ".join(dict.fromkeys([*names_of(revision), *misspelt]))


def within(every: Sequence[Suggestion], *, most: int) -> list[Suggestion]:
    """As many from the beginning as fit into so many bytes when they are compressed."""
    fitting, too_many = 0, len(every) + 1
    while too_many - fitting > 1:
        tried = (fitting + too_many) // 2
        if compressed_size(every[:tried]) <= most:
            fitting = tried
        else:
            too_many = tried
    return list(every[:fitting])


def compressed_size(every: Sequence[Suggestion]) -> int:
    """The bytes of the list in the weaker of the codings in which it is sent."""
    return len(gzip.compress(as_text(every).encode(), compresslevel=9))


def as_text(every: Sequence[Suggestion]) -> str:
    """The list as it is sent."""
    told: dict[str, Any] = {"suggestions": every}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
