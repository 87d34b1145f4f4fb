"""/healthz: this process answers. /readyz: the whole site is as it should be; reasons for whom they concern."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clinic_site.operations.health.readiness import READINESS
from clinic_site.operations.health.token import is_given, own_token

UNAVAILABLE = 503


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Asks nothing and nobody, so that it says only that this process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 as long as somebody has to do something; what, only for staff and for a token."""
    found = READINESS.now()
    said: dict[str, object] = {"status": "failing" if found else "ok"}
    if _may_know(request):
        said["faults"] = [fault.as_json() for fault in found]
    return JsonResponse(said, status=UNAVAILABLE if found else 200)


def _may_know(request: HttpRequest) -> bool:
    tokens = (settings.HEALTH_TOKEN, own_token(settings.SECRET_KEY))
    if is_given(request.headers.get("Authorization", ""), tokens):
        return True
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    try:
        return request.user.is_active and request.user.is_staff
    except DatabaseError:
        return False
