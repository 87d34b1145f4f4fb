"""A crawl of a running site as an engine makes it: no script, robots.txt obeyed, one host, bounded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from http.client import HTTPException
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import brotli

from clinic_site.operations.http_connection import connected
from clinic_site.progress.steps import counting
from clinic_site.seo.html_reader import read_facts
from clinic_site.seo.page_audit import Crawl, Visit

AGENT = "site-audit"
TIMEOUT = 20.0  # seconds for one answer
MOST_BYTES = 4 * 1024 * 1024  # of one answer; the rest is not read
FURTHEST = 5  # redirects that are followed
LOC = re.compile(r"<loc>\s*([^<\s]+)\s*</loc>")
Answer = tuple[int, str, str, bytes]  # status, Location, Content-Type, body


class Crawler:
    """Asks one site for everything that it links to, `most` addresses at the most."""

    def __init__(self, base: str, *, most: int = 2_000) -> None:
        self.base = base.rstrip("/")
        self.own = {
            self.base
        }  # origins that are this site: where it runs, and what it calls itself
        self.most = most
        self.visits: dict[str, Visit] = {}
        self.links: dict[str, Sequence[str]] = {}
        self._robots = RobotFileParser()

    def crawl(self) -> Crawl:
        """All that the site shows; raises OSError when it does not answer at all."""
        status, _, _, rules = self._ask(f"{self.base}/robots.txt")
        self._robots.parse(rules.decode("utf-8", "replace").splitlines() if status == 200 else [])
        self._learn_own_name()
        in_sitemap = list(self._sitemap(f"{self.base}/sitemap.xml"))
        waiting = [f"{self.base}/", *in_sitemap]
        with counting(len(waiting), "Looking at pages") as add:
            while waiting and len(self.visits) < self.most:
                url = waiting.pop(0)
                if url not in self.visits and self._may_ask(url):
                    self.visits[url] = self._visit(url)
                    waiting += self._leads_to(self.visits[url])
                    add(1)
        missed = [url for url in waiting if url not in self.visits and self._may_ask(url)]
        return Crawl(self.visits, self.links, in_sitemap, is_whole=not missed)

    def _learn_own_name(self) -> None:
        """The origin that the home page calls itself: a local copy of a site still names its public address."""
        _, _, _, body = self._ask(f"{self.base}/")
        parts = urlsplit(read_facts(body.decode("utf-8", "replace")).canonical)
        if parts.netloc:
            self.own.add(f"{parts.scheme}://{parts.netloc}")

    def _sitemap(self, url: str) -> Iterator[str]:
        status, _, _, body = self._ask(url)
        text = body.decode("utf-8", "replace") if status == 200 else ""
        for loc in LOC.findall(text):
            address = self._here(unescape(loc), url)
            if address and "<sitemapindex" in text:
                yield from self._sitemap(address)
            elif address:
                yield address

    def _here(self, link: str, page: str) -> str:
        """The link as an absolute address where the site runs; empty for another site's."""
        try:
            parts = urlsplit(urljoin(page, link.strip()))
        except ValueError:
            return ""
        if f"{parts.scheme}://{parts.netloc}" not in self.own:
            return ""
        return self.base + parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()

    def _may_ask(self, url: str) -> bool:
        return self._robots.can_fetch(AGENT, url)

    def _leads_to(self, visit: Visit) -> list[str]:
        """What the page names, to be asked for next; remembers its links."""
        if visit.facts is None or visit.hops:
            return []
        page = visit.url
        found = [self._here(link, page) for link in visit.facts.links]
        self.links[page] = [link for link in found if link]
        needs = (self._here(one, page) for one in (*visit.facts.needs, visit.facts.card) if one)
        self.links[page] = [*self.links[page], *(one for one in needs if one)]
        return list(dict.fromkeys(urldefrag(link)[0] for link in self.links[page]))

    def _visit(self, url: str) -> Visit:
        hops: list[str] = []
        asked = url
        try:
            while True:
                status, location, kind, body = self._ask(asked)
                if status not in (301, 302, 303, 307, 308) or len(hops) >= FURTHEST:
                    break
                asked = urldefrag(self._here(location, asked))[0]
                hops.append(asked or location)
                if not asked:  # it leads to another site, which is not ours to ask
                    return Visit(url, 200, tuple(hops))
        except (OSError, HTTPException) as error:
            return Visit(url, 0, tuple(hops), trouble=type(error).__name__)
        visit = Visit(url, status, tuple(hops), size=len(body))
        if not kind.startswith("text/html"):
            return visit
        facts = read_facts(body.decode("utf-8", "replace"))
        return replace(visit, facts=facts, size=len(brotli.compress(body, quality=11)))

    def _ask(self, url: str) -> Answer:
        parts = urlsplit(url)
        path = quote(parts.path, safe="/%:@!$&'()*+,;=~") + (
            f"?{parts.query}" if parts.query else ""
        )
        with connected(url, patience=TIMEOUT) as connection:
            connection.request("GET", path, headers={"User-Agent": AGENT})
            answer = connection.getresponse()
            headers = (answer.headers.get("Location", ""), answer.headers.get("Content-Type", ""))
            return (answer.status, *headers, answer.read(MOST_BYTES))
