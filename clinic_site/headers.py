"""Response headers that neither Django nor django-csp sets as we need them; on every response, files included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, set_response_etag

from clinic_site.clinic.clinic_fallback import is_indexable
from clinic_site.pagecache.page_cache import MARK

# Powerful features that no page of this site uses, so that no injected script can ask for them either.
UNUSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    # Without it a browser decides by itself how long it keeps an answer, and a page that is gone (410) for good.
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
}


class IsolationHeaders:
    """Middleware: adds each of HEADERS unless the view has set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not is_indexable():
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


class Validators:
    """Middleware: every whole answer that may be kept has an ETag, and who has it already is told so (RFC 9110, 13).

    Django's ConditionalGetMiddleware does it for GET alone; crawlers ask with HEAD too. A file that is sent in pieces
    has its validators from whoever sends it. No answer made here has a Last-Modified: the clinic's details, the
    menu and the styles stand in it beside its words, and no one date is that of them all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or not _may_be_kept(response):
            return response
        if not response.has_header("ETag"):
            set_response_etag(response)
        if "If-Unmodified-Since" in request.headers:
            return response  # without a date of its own an answer ignores it (RFC 9110, 13.1.4)
        etag = response.headers["ETag"]
        return get_conditional_response(request, etag, response=response) or response


class PublicCompression(GZipMiddleware):
    """Middleware: compresses what is made anew for each visit (form, search, 404), but nothing that is for one person.

    A page that is kept in memory is left whole: it is compressed there, once, in each coding. An answer with `no-store`
    (a confirmation, all of the admin) is not compressed: its length would tell of its words (BREACH, decision 0034).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not is_page or MARK in request.META or _is_for_one_person(response):
            return response
        return super().process_response(request, response)


def _is_for_one_person(response: HttpResponseBase) -> bool:
    return "no-store" in response.headers.get("Cache-Control", "")


def _may_be_kept(response: HttpResponse) -> bool:
    kept = response.status_code == 200 and not _is_for_one_person(response)
    return kept and not response.streaming and not response.cookies
