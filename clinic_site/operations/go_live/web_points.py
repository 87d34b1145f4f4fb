"""What patients' browsers are answered at the public address: certificate, headers, redirects, validators, bodies."""

import ssl
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from clinic_site.operations.front_headers import headers_in_front, parts_of
from clinic_site.operations.go_live import asking
from clinic_site.operations.go_live.point import Point, done, to_do
from clinic_site.operations.static_export import finished_page

CONFIGURE = "Write the web server's configuration anew and reload it: manage.py proxy_config caddy (or nginx)."
REDIRECTS = (301, 308)
OK, NOT_MODIFIED, TOO_LARGE = 200, 304, 413
COMPRESSED = ("br", "gzip")


def web_points() -> Iterator[Point]:
    """Each look at the public address; only the first where nothing answers there."""
    site = settings.SITE_URL
    unreachable = _reached(site)
    if unreachable:
        yield unreachable
        return
    looks: tuple[Callable[[str], Point], ...] = (
        _headers,
        _believed,
        _redirect,
        _validators,
        _compression,
        _bodies,
    )
    for look in looks:
        try:
            yield look(site)
        except asking.TROUBLE as error:
            yield to_do("https", f"{site} stopped answering ({error}).", "Run this again.")


def _reached(site: str) -> Point | None:
    """The point that says why not; None where it answers."""
    host = urlsplit(site).hostname
    try:
        asking.get(f"{site}/")
    except ssl.SSLCertVerificationError as error:
        return to_do(
            "https",
            f"Browsers would warn of {site}: {error.verify_message}.",
            "Caddy fetches a certificate by itself once the name leads here and ports 80 and 443 are open;"
            " for nginx: sudo certbot --nginx.",
        )
    except asking.TROUBLE as error:
        return to_do(
            "https",
            f"Nothing answers at {site} ({error}).",
            f"See that the name leads to this machine (getent hosts {host}), that ports 80 and 443 are open, "
            "and that the web server runs: systemctl status caddy (or nginx).",
        )
    return None


def _headers(site: str) -> Point:
    """The page has each header that the site itself would send with it."""
    page = finished_page(WSGIHandler(), "/")
    if page is None:
        return to_do("headers", "There is no home page yet.", "manage.py sync_content")
    got = asking.get(f"{site}/").headers
    expected = headers_in_front(page)
    missing = sorted(
        {name for name, value in expected if parts_of(got.get(name, "")) != parts_of(value)}
    )
    if missing:
        return to_do(
            "headers", f"Pages come without, or with an old, {', '.join(missing)}.", CONFIGURE
        )
    return done(
        "headers", f"Pages come with all {len(expected)} headers that protect their readers."
    )


def _believed(site: str) -> Point:
    """The form itself comes, and is not sent to https for ever."""
    answer = asking.get(f"{site}/book/")
    if answer.status in REDIRECTS:
        return to_do(
            "form",
            "The form leads to itself for ever: the site does not believe that visitors come by https.",
            "Set FORWARDED_ALLOW_IPS to the web server's address, and have that send X-Forwarded-Proto.",
        )
    if answer.status != OK:
        return to_do(
            "form", f"The form answers with {answer.status}.", "manage.py doctor says why."
        )
    return done("form", "The form comes through the web server.")


def _redirect(site: str) -> Point:
    parts = urlsplit(site)
    if parts.scheme != "https" or parts.port not in (None, 443):
        return done("http", "There is no plain address to lead away from.")
    answer = asking.get(f"http://{parts.hostname}/")
    if answer.status in REDIRECTS and answer.headers.get("Location", "").startswith(site):
        return done("http", "Whoever types http is led to https.")
    return to_do(
        "http",
        f"http://{parts.hostname}/ answers with {answer.status} and does not lead to https.",
        f"Have the web server send 301 to {site} there (Caddy does so by itself).",
    )


def _validators(site: str) -> Point:
    """A browser that has a page asks whether it is still the same, and is told so without it."""
    first = asking.get(f"{site}/").headers
    given = {"If_None_Match": first.get("ETag"), "If_Modified_Since": first.get("Last-Modified")}
    headers = {name: value for name, value in given.items() if value}
    if headers and asking.get(f"{site}/", **headers).status == NOT_MODIFIED:
        return done("validators", "A page that a browser has is not sent again.")
    return to_do("validators", "A page that a browser has is sent again each time.", CONFIGURE)


def _compression(site: str) -> Point:
    coding = asking.get(f"{site}/", Accept_Encoding="br, gzip").headers.get("Content-Encoding", "")
    if coding in COMPRESSED:
        return done("compression", f"Pages come compressed ({coding}).")
    return to_do("compression", "Pages come uncompressed.", CONFIGURE)


def _bodies(site: str) -> Point:
    if asking.answers_half_a_body(site):
        return to_do(
            "bodies",
            "Forms are passed on before they are whole: slow senders hold up the site.",
            f"{CONFIGURE} Caddy needs buffer_requests, nginx proxy_request_buffering on.",
        )
    return done("bodies", "Nothing answers a form before all of it is here.")
