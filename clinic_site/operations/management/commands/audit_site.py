"""Look at the running site as a search engine does, and say what is to be put right."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import timezone

from clinic_site.operations.crawling import Crawler
from clinic_site.seo.auditing import LARGEST, Crawl, Fault, faults


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


def report(url: str, crawl: Crawl, found: list[Fault]) -> str:
    """The report as one page of HTML that needs nothing else."""
    context = {
        "url": url,
        "at": timezone.localtime(),
        "faults": found,
        "pages": sorted(crawl.pages(), key=lambda visit: -visit.size),
        "addresses": len(crawl.visits),
        "largest": LARGEST,
    }
    return render_to_string("operations/audit.html", context)
