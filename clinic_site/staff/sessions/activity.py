"""What counts as a tap: a page of the admin that somebody opens or sends keeps their session from ending.

A page that only keeps itself up to date says so (X-Background) and does not count, or an open inbox would never end.
One write a minute at the most. Refusals go into the audit.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clinic_site.staff.audit import Kind, record
from clinic_site.staff.session_store import ACTIVE_AT

PERIOD = 60  # seconds
FORBIDDEN = 403


class Activity:
    """Middleware, behind the sign-in: prolongs the session of whoever does something below /admin/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/admin/") or not _is_signed_in(request):
            return self.get_response(request)
        user = request.user
        now = int(timezone.now().timestamp())
        is_tap = "X-Background" not in request.headers
        if is_tap and now - request.session.get(ACTIVE_AT, 0) >= PERIOD:
            request.session[ACTIVE_AT] = now
        response = self.get_response(request)
        if response.status_code == FORBIDDEN:
            place = request.resolver_match.view_name if request.resolver_match else ""
            record(kind=Kind.REFUSED, user=user, place=place)  # type: ignore[arg-type]  # signed in
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
