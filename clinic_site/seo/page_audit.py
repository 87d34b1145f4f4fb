"""The faults of a crawled site, as an engine would see them. Pure: what was seen in, faults out."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlsplit

from clinic_site.seo.html_reader import PageFacts

SHORTEST, LONGEST = 50, 160  # characters of a description
LONGEST_TITLE = 60
FEWEST_WORDS = 80
LARGEST = 14 * 1024  # bytes of a page, compressed: what the first round trips carry
LARGEST_LISTS = {"/faq/": 20 * 1024, "/glossary/": 20 * 1024}  # long lists, read in parts
MOST_HOPS = 1
KINDS = (  # of faults, in the order in which a site is put right
    "Not seen whole",
    "Broken link",
    "Broken anchor",
    "Chain of redirects",
    "Orphan",
    "Not in the sitemap",
    "Not a page",
    "No canonical address",
    "Another canonical address",
    "Title",
    "Same title",
    "Description",
    "Same description",
    "Main heading",
    "Thin",
    "Large",
    "Structured data",
)


@dataclass(frozen=True)
class Visit:
    """One address as it was answered. Addresses are absolute and without their fragment.

    `status` 0: no answer, `trouble` says why. `hops`: the addresses that it led on to, in order; the
    status, the size (bytes, compressed) and the facts (of HTML only) are those of the last one.
    """

    url: str
    status: int
    hops: Sequence[str] = ()
    size: int = 0
    facts: PageFacts | None = None
    trouble: str = ""

    @property
    def is_page(self) -> bool:
        """Whether this is the address of a page that lets engines list it; one with a query is a variant."""
        return self.is_listable and not urlsplit(self.url).query

    @property
    def is_listable(self) -> bool:
        """Whether a page is read here that lets engines list it."""
        return self.status == 200 and not self.hops and bool(self.facts and self.facts.is_indexable)


@dataclass(frozen=True)
class Crawl:
    """All that was seen. `links`: page to the absolute addresses that it names, fragments kept."""

    visits: Mapping[str, Visit]
    links: Mapping[str, Sequence[str]]
    in_sitemap: Sequence[str]
    is_whole: bool = True

    def pages(self) -> list[Visit]:
        """The pages in the order in which they were found."""
        return [visit for visit in self.visits.values() if visit.is_page]


@dataclass(frozen=True)
class Fault:
    """Something to put right: where, of what kind, and what it is."""

    url: str
    kind: str
    words: str


def faults(crawl: Crawl) -> list[Fault]:
    """Every fault, those of one kind together, in the order of KINDS."""
    found = [*_links(crawl), *_sitemap(crawl), *_twice(crawl)]
    for visit in crawl.visits.values():
        if visit.is_listable:
            found += _canonical(visit)
        if visit.is_page:
            found += _page(visit)
    if not crawl.is_whole:
        found.append(Fault("", "Not seen whole", "the site has more addresses than were asked for"))
    return sorted(found, key=lambda fault: (KINDS.index(fault.kind), fault.url, fault.words))


def most_bytes(url: str) -> int:
    """How many bytes, compressed, the page at this address may have."""
    return LARGEST_LISTS.get(urlsplit(url).path, LARGEST)


def _links(crawl: Crawl) -> Iterator[Fault]:
    for page, links in crawl.links.items():
        for link in dict.fromkeys(links):
            bare, fragment = urldefrag(link)
            visit = crawl.visits.get(bare)
            if visit is None:
                continue
            if visit.status != 200:
                answer = visit.status or visit.trouble
                yield Fault(page, "Broken link", f"{link} is answered with {answer}")
            elif len(visit.hops) > MOST_HOPS:
                way = " → ".join((bare, *visit.hops))
                yield Fault(page, "Chain of redirects", way)
            elif fragment and visit.facts and fragment not in visit.facts.anchors:
                yield Fault(page, "Broken anchor", f"{bare} has no place called {fragment}")


def _sitemap(crawl: Crawl) -> Iterator[Fault]:
    named = set(crawl.in_sitemap)
    linked = {urldefrag(link)[0] for page, links in crawl.links.items() for link in links}
    home = next(iter(crawl.visits), "")
    for url in crawl.in_sitemap:
        visit = crawl.visits.get(url)
        if visit is None:
            continue
        if not visit.is_page:
            yield Fault(
                url, "Not a page", "the sitemap names it; it leads on, fails or says noindex"
            )
        elif url not in linked and url != home:
            yield Fault(url, "Orphan", "the sitemap names it and no page links to it")
    for visit in crawl.pages():
        if visit.url not in named:
            yield Fault(visit.url, "Not in the sitemap", "it is linked to and may be listed")


def _twice(crawl: Crawl) -> Iterator[Fault]:
    for name in ("title", "description"):
        said: dict[str, list[str]] = defaultdict(list)
        for visit in crawl.pages():
            if visit.facts and (words := getattr(visit.facts, name)):
                said[words].append(visit.url)
        for words, (first, *others) in said.items():
            for other in others:
                yield Fault(other, f"Same {name}", f"as {first}: {words}")


def _page(visit: Visit) -> Iterator[Fault]:
    facts = visit.facts or PageFacts()
    yield from _words(visit.url, facts)
    if visit.size > (most := most_bytes(visit.url)):
        yield Fault(visit.url, "Large", f"{visit.size:,} bytes compressed, more than {most:,}")
    for text in facts.data:
        yield from _data(visit.url, text)


def _canonical(visit: Visit) -> Iterator[Fault]:
    named = visit.facts.canonical if visit.facts else ""
    if not named:
        yield Fault(visit.url, "No canonical address", "rel=canonical is missing")
    elif urlsplit(named).path != urlsplit(visit.url).path or urlsplit(named).query:
        yield Fault(visit.url, "Another canonical address", named)


def _words(url: str, facts: PageFacts) -> Iterator[Fault]:
    length = len(facts.description)
    if not SHORTEST <= length <= LONGEST:
        yield Fault(url, "Description", f"{length} characters; {SHORTEST} to {LONGEST} are shown")
    if not 0 < len(facts.title) <= LONGEST_TITLE:
        yield Fault(url, "Title", f"{len(facts.title)} characters; 1 to {LONGEST_TITLE} are shown")
    if len(facts.headings) != 1:
        yield Fault(url, "Main heading", f"{len(facts.headings)} of them; a page has one h1")
    if facts.words < FEWEST_WORDS:
        yield Fault(url, "Thin", f"{facts.words} words, fewer than {FEWEST_WORDS}")


def _data(url: str, text: str) -> Iterator[Fault]:
    try:
        graph = json.loads(text)
    except ValueError as error:
        yield Fault(url, "Structured data", f"it can't be read: {error}")
        return
    described, named = set[str](), set[str]()
    _ids(graph, described, named)
    for one in sorted(named - described):
        yield Fault(url, "Structured data", f"{one} is named and not described")


def _ids(value: Any, described: set[str], named: set[str]) -> None:
    if isinstance(value, dict):
        if "@id" in value:
            (named if len(value) == 1 else described).add(value["@id"])
        for inner in value.values():
            _ids(inner, described, named)
    elif isinstance(value, list):
        for inner in value:
            _ids(inner, described, named)
