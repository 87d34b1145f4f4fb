"""The headers that a web server in front of the site adds to the pages of the edition, and their digest.

A page and its headers belong together: its policy allows the very styles that stand in it. So the digest is a
part of the name under which the web server looks for pages.
"""

import hashlib

from clinic_site.pagecache.cached_page import FinishedPage, Headers

OWN = frozenset(  # headers that each page has for itself, or the web server makes
    {
        "content-type",
        "content-length",
        "content-encoding",
        "etag",
        "last-modified",
        "vary",
        "cache-control",
        "link",
    }
)


def headers_in_front(page: FinishedPage) -> Headers:
    """Those of the page that are to be added to all pages."""
    headers = page.variant("identity").whole.headers
    return [(name, value) for name, value in headers if name.lower() not in OWN]


def digest_of(page: FinishedPage) -> str:
    """16 hex digits over what those headers say: each process has the parts of a policy in an order of its own."""
    headers = sorted((name, parts_of(value)) for name, value in headers_in_front(page))
    return hashlib.sha256(repr(headers).encode()).hexdigest()[:16]


def parts_of(value: str) -> list[list[str]]:
    """What a header says, to be compared: the same parts in another order are the same."""
    return sorted(sorted(part.split()) for part in value.split(";"))
