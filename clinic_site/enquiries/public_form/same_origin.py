"""Where a request to the form comes from: a page of this site, or a forged one of another site."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def comes_from_us(request: HttpRequest) -> bool:
    """Whether the page that was sent from is ours, as far as the browser says; one that says nothing is believed.

    No cookie is at stake: another site could only make a visitor send what it might as well send itself.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return True
    return origin in settings.CSRF_TRUSTED_ORIGINS or path_here(request, origin) is not None


def path_here(request: HttpRequest, address: str) -> str | None:
    """The path of an address on this host; None for any other host and for what is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.path if parts.netloc == request.get_host() else None
