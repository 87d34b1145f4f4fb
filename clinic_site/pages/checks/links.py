"""Links that lead nowhere on this site. They keep words from going live; links off the site never do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from clinic_site.markup import Link, parse
from clinic_site.pages.models import HOME, Revision
from clinic_site.pages.rendering.clinic_pages import clinic_pages, read_clinic_page
from clinic_site.pages.rendering.draft_preview import preview_of
from clinic_site.pages.rendering.page_view import Reading, read_page

# The anchors of live pages by their path; None: nothing is live there.
Live = dict[str, frozenset[str] | None]
FROM_THE_FRAME = frozenset({"main"})
BATCH = 500  # addresses asked for in one statement


def broken_links(revision: Revision, live: Live | None = None) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of each link of a revision, saved or not, as if it were live now.

    `live` is filled with what was looked up: whoever looks over many pages hands it on.
    """
    text = parse(revision.body)
    links = [link for link in text.links if _is_on_this_site(link.href)]
    if not links:
        return
    own = preview_of(revision).reading
    book = AnchorBook(
        here=own.revision.page.path,
        anchors={own.revision.page.path: anchors_of(own)},
        live=live,
    )
    book.add(revision.page.path, text.anchors)
    yield from book.faults_of(links)


class AnchorBook:
    """The anchors of each page that links lead to, looked up once; `here` is where the words are read."""

    def __init__(
        self, *, here: str, anchors: Mapping[str, frozenset[str]], live: Live | None = None
    ) -> None:
        self.here = here
        self.known = dict(anchors)
        self.live: Live = {} if live is None else live
        self.old: dict[str, bool] = {}

    def add(self, path: str, anchors: frozenset[str]) -> None:
        """More anchors of a page: the ones that a text knows itself by."""
        for one in (path, self.here):
            self.known[one] = self.known.get(one, frozenset()) | anchors

    def faults_of(self, links: Iterable[Link]) -> Iterator[tuple[int, str]]:
        """(line, what is wrong) of links; as many statements, however often a text repeats one of them."""
        places = list(dict.fromkeys((link.line, link.href) for link in links))
        hrefs = list(dict.fromkeys(href for _, href in places if _is_on_this_site(href)))
        self._look_up(hrefs)
        faults = {href: self.fault_of(href) for href in hrefs}
        yield from ((line, faults[href]) for line, href in places if faults.get(href))

    def fault_of(self, href: str) -> str:
        """What is wrong with a link; "" if it leads somewhere, or off the site."""
        if not _is_on_this_site(href):
            return ""
        parts = urlsplit(href)
        address, anchor = unquote(parts.path), unquote(parts.fragment)
        if not address:
            return self._anchor_fault(self.here, anchor, href)
        path = address.strip("/") or HOME
        if self._anchors(path) is None:
            return (
                ""
                if self._is_elsewhere(address)
                else f"“{href}” leads nowhere: no page is live there"
            )
        if not address.endswith("/"):
            return (
                f"“{href}” lacks its last slash: write {address}/{'#' + anchor if anchor else ''}"
            )
        return self._anchor_fault(path, anchor, href)

    def _anchor_fault(self, path: str, anchor: str, href: str) -> str:
        if not anchor or anchor in (self._anchors(path) or ()):
            return ""
        return f"“{href}” leads to a place that is not there: the page has no anchor “{anchor}”"

    def _anchors(self, path: str) -> frozenset[str] | None:
        if path in self.known:
            return self.known[path]
        if path not in self.live:
            reading = read_page(path) or read_clinic_page(path)
            self.live[path] = anchors_of(reading) if reading else None
        return self.live[path]

    def _look_up(self, hrefs: Iterable[str]) -> None:
        """Where no live page is, and which of these addresses are old ones: a statement for many of each."""
        addresses = {unquote(urlsplit(href).path).replace("\x00", "") for href in hrefs} - {""}
        paths = {address: address.strip("/") or HOME for address in addresses}
        asked = sorted(set(paths.values()) - self.known.keys() - self.live.keys())
        there = _found(Revision.objects.live(), "page__path", asked)
        there |= {one.page.path for one, _ in clinic_pages()} if set(asked) - there else set()
        self.live |= dict.fromkeys(set(asked) - there)
        nowhere = sorted(one for one, path in paths.items() if self.live.get(path, ()) is None)
        redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
        self.old |= dict.fromkeys(nowhere, False)
        self.old |= dict.fromkeys(_found(redirects, "old_path", nowhere), True)

    def _is_elsewhere(self, address: str) -> bool:
        """Whether something that is no page answers there: a file, the form, an old address."""
        if address.startswith(settings.STATIC_URL):
            return is_static_file(address)
        if address not in self.old:
            old = Redirect.objects.filter(site_id=settings.SITE_ID, old_path=address)
            self.old[address] = old.exists()
        return self.old[address] or _answers(address)


def anchors_of(reading: Reading) -> frozenset[str]:
    """Every anchor that stands on a page, those of its entries and groups included."""
    entries = reading.entries
    return frozenset(reading.document.anchors) | FROM_THE_FRAME.union(
        (entry.anchor for entry in entries),
        (group.anchor for group in reading.groups),
        (person.anchor for person in reading.people),
        *(person.about.anchors for person in reading.people),
        *(entry.document.anchors for entry in entries),
    )


def is_static_file(address: str) -> bool:
    """Whether one of the site's own files answers there."""
    if not address.startswith(settings.STATIC_URL):
        return False
    try:
        return finders.find(address.removeprefix(settings.STATIC_URL)) is not None
    except (SuspiciousFileOperation, ValueError):  # it leads out of the folder, or holds a NUL
        return False


def _is_on_this_site(href: str) -> bool:
    return href.startswith(("/", "#")) and not href.startswith("//")


def _found(rows: QuerySet[Any], column: str, wanted: Sequence[str]) -> set[str]:
    """Those of the texts that stand in this column of the rows."""
    parts = (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH))
    return {
        text
        for part in parts
        for text in rows.filter(**{f"{column}__in": part}).values_list(column, flat=True)
    }


def _answers(address: str) -> bool:
    """Whether one of the site's own views does that is not for pages."""
    try:
        found = resolve(address)
    except Resolver404:
        return False
    return found.app_name not in ("pages", "admin") or found.url_name not in (
        "detail",
        "preview",
        None,
    )
