"""Links off the site: asked once a week by the worker, reported, never in the way of publishing.

Only http and https, only the usual ports, never an address inside the house: each name is looked up
once, every address it has must be public, and the connection goes to the one that was checked.
A site's robots.txt is obeyed, each answer waits ten seconds at most, and no body is read.
"""

import http.client
import ipaddress
import socket
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from clinic_site.markup import parse
from clinic_site.pages.models import ExternalLink, Revision

EVERY = timedelta(days=7)
AT_ONCE = 20  # links in one run of the job, so that it never takes long
PATIENCE = 10  # seconds
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215; Python takes it as public
# NAT64 (RFC 6052), IPv4-translated (RFC 2765) and IPv4-compatible addresses (RFC 4291)
IPV4_AT_THE_END = [
    ipaddress.IPv6Network(prefix) for prefix in ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")
]
FEW = 3  # links of which all are silent: rather this machine than they
HOPS = 4
MOST_ROBOTS = 100_000  # bytes
PORTS = {"http": 80, "https": 443}
# These answers say that somebody is there who wants no programs, or that we should wait: no trouble.
ALIVE = {401, 403, 405, 406, 429, 451, 999}
AGENT = "clinic-site-link-check"


class Unreachable(Exception):
    """No answer, and why, in words for staff."""


@dataclass(frozen=True)
class Answer:
    """What a server said to one request."""

    status: int
    location: str = ""
    text: str = ""


Ask = Callable[[str, str], Answer]


def gather_links() -> int:
    """Bring the list of links in step with the live pages; how many there are."""
    found: dict[str, set[str]] = defaultdict(set)
    for revision in Revision.objects.live():
        for link in parse(revision.body).links:
            if link.href.startswith(("http://", "https://")):
                found[link.href[:2000]].add(revision.page.get_absolute_url())
    with transaction.atomic():
        ExternalLink.objects.exclude(url__in=found).delete()
        for url, paths in found.items():
            ExternalLink.objects.update_or_create(url=url, defaults={"on_paths": sorted(paths)})
    return len(found)


def check_links(*, ask: Ask | None = None) -> int:
    """Ask the links whose week is over, the longest unasked first; how many were asked."""
    gather_links()
    before = timezone.now() - EVERY
    due = ExternalLink.objects.filter(Q(checked_at__isnull=True) | Q(checked_at__lt=before))
    links = list(due.order_by(F("checked_at").asc(nulls_first=True), "pk")[:AT_ONCE])
    robots: dict[str, RobotFileParser] = {}
    found = [look_at(link.url, ask=ask or ask_over_http, robots=robots) for link in links]
    if len(found) >= FEW and all(status is None and trouble for status, trouble in found):
        return 0  # it is this machine that has no way out
    for link, (status, trouble) in zip(links, found, strict=True):
        ExternalLink.objects.filter(pk=link.pk).update(
            status=status, trouble=trouble[:200], checked_at=timezone.now()
        )
    return len(links)


def look_at(url: str, *, ask: Ask, robots: dict[str, RobotFileParser]) -> tuple[int | None, str]:
    """(status, trouble) of an address after following it; "" for one that answers."""
    try:
        for _ in range(HOPS):
            if not _may_ask(url, ask, robots):
                return None, ""
            answer = ask("HEAD", url)
            if answer.status in (400, 404, 405, 500, 501):
                answer = ask("GET", url)
            if answer.status not in (301, 302, 303, 307, 308) or not answer.location:
                break
            url = urljoin(url, answer.location)
        else:
            return None, "It leads on and on, without an end."
    except Unreachable as error:
        return None, str(error)
    is_fine = answer.status < 400 or answer.status in ALIVE
    return answer.status, "" if is_fine else f"Its server answers {answer.status}."


def public_address(host: str, port: int) -> str:
    """The address of a name, if all that it has are public; Unreachable otherwise."""
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise Unreachable("Its name is not known.") from error
    if not found or not all(_is_public(address) for address in found):
        raise Unreachable("It is not on the public internet.")
    return sorted(found, key=lambda address: ":" in address)[0]


def ask_over_http(method: str, url: str) -> Answer:
    """One request to a public server; its head, and the text of a robots.txt."""
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        port = None
    if port is None or port != PORTS.get(parts.scheme) or not parts.hostname:
        raise Unreachable("Only http and https on their usual ports are looked at.")
    connection = _connection(parts.scheme, parts.hostname, port)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={"User-Agent": f"{AGENT} ({settings.SITE_URL})"})
        reply = connection.getresponse()
        is_robots = method == "GET" and parts.path == "/robots.txt" and reply.status == 200
        text = reply.read(MOST_ROBOTS).decode("utf-8", "replace") if is_robots else ""
        return Answer(reply.status, reply.getheader("Location") or "", text)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise Unreachable(f"It does not answer ({type(error).__name__}).") from error
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    """A connection to the very address that was found public; its name can't be looked up anew."""
    address = public_address(host, port)
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        plain = socket.create_connection((address, port), timeout=PATIENCE)
        secure = ssl.create_default_context()
        connection.sock = (
            secure.wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
        )
    except OSError as error:
        raise Unreachable(f"It does not answer ({type(error).__name__}).") from error
    return connection


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = _inner(address) if isinstance(address, ipaddress.IPv6Address) else None
    if address in LOCAL_NAT64:
        return False
    return all(one.is_global and not one.is_multicast for one in (address, inner) if one)


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a gateway would go on to, where one is written within."""
    if any(address in network for network in IPV4_AT_THE_END):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _may_ask(url: str, ask: Ask, robots: dict[str, RobotFileParser]) -> bool:
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}"
    if home not in robots:
        rules = RobotFileParser()
        rules.parse(_lines(ask, home))
        robots[home] = rules
    return robots[home].can_fetch(AGENT, url)


def _lines(ask: Ask, home: str) -> Iterable[str]:
    """The lines of a robots.txt; none where there is none, then all is allowed."""
    answer = ask("GET", f"{home}/robots.txt")
    return answer.text.splitlines() if answer.status == 200 else ()
