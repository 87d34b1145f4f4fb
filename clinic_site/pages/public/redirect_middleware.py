"""Addresses that lead on, whatever stands behind the question mark: old ones, and those asked for over http."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.contrib.redirects.models import Redirect
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import resolve
from django.utils.encoding import escape_uri_path

from clinic_site.pages.public.views import with_query, without_slash

PAGE = re.compile(r"\A/(?P<path>[^?#]+)/\Z")


class OldAddresses(RedirectFallbackMiddleware):
    """Django's own, but for one query, with the query string kept, and straight to where the new address leads on.

    What nobody knows in capitals, as printed cards have it, leads to the same in small letters.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        small = request.path.lower()
        kept = _redirect_from(request, request.path)
        if kept is None and small != request.path:
            if (answer := _page_at(request, small)) is not None:
                return answer
            kept = _redirect_from(request, small)
        return response if kept is None else self._led_on(request, kept)

    def _led_on(self, request: HttpRequest, kept: Redirect) -> HttpResponse:
        if not kept.new_path:
            return self.response_gone_class()
        if "?" in kept.old_path:  # the query was a part of the address
            return self.response_redirect_class(kept.new_path)
        found = PAGE.match(kept.new_path)
        try:
            if found and resolve(kept.new_path).view_name == "pages:detail":
                return without_slash(request, path=found["path"])
        except Http404:
            pass  # nothing is there now; the page of that address says so
        return self.response_redirect_class(with_query(kept.new_path, request))


def _page_at(request: HttpRequest, path: str) -> HttpResponse | None:
    """The redirect to where the page of this path is read; None where there is none, as for signed addresses."""
    try:
        is_read = request.method in ("GET", "HEAD") and "\0" not in path
        found = resolve(f"/{path.strip('/')}/") if is_read else None
        if found is None or (found.kwargs and found.view_name != "pages:detail"):
            return None
        return without_slash(request, path=path.strip("/"))
    except Http404:
        return None


def _redirect_from(request: HttpRequest, path: str) -> Redirect | None:
    """The redirect of the path with what was asked, else of that with its slash, else without the query."""
    query = request.META.get("QUERY_STRING", "")
    paths = list(_spellings(path))
    asked = [f"{one}?{query}" for one in paths if query] + paths
    kept = Redirect.objects.filter(site_id=settings.SITE_ID, old_path__in=asked)
    return min(kept, key=lambda one: asked.index(one.old_path), default=None)


def _spellings(path: str) -> Iterator[str]:
    """As it reads and as browsers show it (/a%20b), without its slash and with it."""
    if "\0" not in path:  # which PostgreSQL refuses to look for
        for one in (path, path if path.endswith("/") else f"{path}/"):
            yield from (one, escape_uri_path(one))


class StraightToHttps:
    """Middleware around Django's SecurityMiddleware: its redirect to https leads to where the page is read.

    Else a missing slash or an old address would take a second step. Where the database does not
    answer, the redirect stays as Django made it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.old_addresses = OldAddresses(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_led = settings.SECURE_SSL_REDIRECT and not request.is_secure() and "Location" in response
        if is_led and request.method in ("GET", "HEAD") and (end := self._end(request)):
            host = urlsplit(response.headers["Location"]).netloc
            response.headers["Location"] = f"https://{host}{end.headers['Location']}"
            response.status_code = end.status_code
        return response

    def _end(self, request: HttpRequest) -> HttpResponse | None:
        """The redirect by which a page's address leads on; None for any other address."""
        try:
            found = resolve(request.path_info)
            if found.view_name not in ("pages:detail", "pages:without-slash"):
                return None
            answer = without_slash(request, path=found.kwargs["path"])
        except Http404:
            answer = self._from_old(request)
        except DatabaseError:
            return None
        return answer if answer.headers.get("Location", "").startswith("/") else None

    def _from_old(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.old_addresses.process_response(request, HttpResponseNotFound())
        except DatabaseError:
            return HttpResponseNotFound()
