"""Old addresses lead on, whatever stands behind the question mark."""

from django.conf import settings
from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.contrib.redirects.models import Redirect
from django.http import HttpRequest, HttpResponse


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
