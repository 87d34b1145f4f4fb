"""Addresses that lead on, whatever stands behind the question mark: old ones, and those asked for over http."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.contrib.redirects.models import Redirect
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import resolve

from clinic_site.pages.views import without_slash


class OldAddresses(RedirectFallbackMiddleware):
    """Django's own, which looks for the address with its query, and then without it.

    One query more, and only where nothing was found; the query is kept.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer = super().process_response(request, response)
        if answer.status_code != 404 or "?" not in request.get_full_path():
            return answer
        path = request.path if request.path.endswith("/") else f"{request.path}/"
        kept = Redirect.objects.filter(site_id=settings.SITE_ID, old_path=path).first()
        if kept is None or not kept.new_path:
            return answer
        query = request.META["QUERY_STRING"]
        return self.response_redirect_class(f"{kept.new_path}?{query}")


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
