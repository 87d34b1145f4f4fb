"""Look at the running site as a search engine does, and say what is to be put right."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import timezone

from clinic_site.operations.crawler import Crawler
from clinic_site.progress.steps import shown
from clinic_site.seo.page_audit import KINDS, LARGEST, Crawl, Fault, Visit, faults, most_bytes


class Command(BaseCommand):
    """`manage.py audit_site [URL] [--html FILE]`; exit code 1 when there are faults."""

    help = (
        "Crawl the running site, obeying robots.txt, and report what an engine would stumble over."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", nargs="?", default=settings.SITE_URL, help="default: SITE_URL")
        parser.add_argument("--html", type=Path, metavar="FILE", help="write a report page there")
        parser.add_argument("--most", type=int, default=2_000, help="addresses to ask for")

    def handle(self, *args: Any, **options: Any) -> None:
        url = options["url"]
        try:
            with shown():
                crawl = Crawler(url, most=options["most"]).crawl()
        except OSError as error:
            raise CommandError(f"{url} does not answer ({error}): start the site first.") from None
        found = faults(crawl)
        if options["html"]:
            options["html"].write_text(report(url, crawl, found), encoding="utf-8")
        for fault in found:
            self.stdout.write(f"{fault.kind}: {fault.url}: {fault.words}")
        seen = f"{len(crawl.pages())} pages and {len(crawl.visits)} addresses seen"
        if found:
            raise CommandError(f"{seen}, {len(found)} to put right.")
        self.stdout.write(f"{seen}, no fault.")


@dataclass(frozen=True)
class Seen:
    """A page as the report shows it: how many pages link to it, and its size in percent of what it may have."""

    visit: Visit
    linked_from: int
    share: int


def report(url: str, crawl: Crawl, found: list[Fault]) -> str:
    """The report as one page of HTML that needs nothing else."""
    many = Counter(fault.kind for fault in found)
    pages = crawl.pages()
    context = {
        "url": url,
        "at": timezone.localtime(),
        "faults": found,
        "checks": [(kind, many[kind]) for kind in KINDS],
        "pages": _seen(crawl),
        "largest": max((visit.size for visit in pages), default=0),
        "most": LARGEST,
        "addresses": len(crawl.visits),
        "links": sum(len(set(links)) for links in crawl.links.values()),
    }
    return render_to_string("operations/audit.html", context)


def _seen(crawl: Crawl) -> list[Seen]:
    pages = crawl.pages()
    named: Counter[str] = Counter()
    for page in pages:
        named.update({urldefrag(link)[0] for link in crawl.links[page.url]} - {page.url})
    return [Seen(page, named[page.url], _share(page)) for page in pages]


def _share(page: Visit) -> int:
    return min(100, 100 * page.size // most_bytes(page.url))
