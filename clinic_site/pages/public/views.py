"""Pages over HTTP: an address in, the live page out.

A question or a term never gets a page of its own, so its address leads to its place on the index for good (301).
A condition has a page of its own once it has a body; one that has none yet leads to its place for now (302).
"""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve
from django.views.decorators.http import require_safe

from clinic_site.clinic.clinic_fallback import known_clinic
from clinic_site.pagecache.page_cache import finished
from clinic_site.pages.layouts import PARTS, has_own_address
from clinic_site.pages.models import HOME, Revision
from clinic_site.pages.public.not_found import what_may_help
from clinic_site.pages.rendering.clinic_pages import read_clinic_page
from clinic_site.pages.rendering.entries import Entry
from clinic_site.pages.rendering.page_view import read_page


@require_safe
@finished
def detail(request: HttpRequest, path: str = "") -> HttpResponse:
    """The live page at an address; a question or term leads to its place on its index."""
    if path == HOME:
        return HttpResponsePermanentRedirect(with_query("/", request))
    reading = read_page(path or HOME) or read_clinic_page(path)
    if reading is None or reading.layout.is_part:
        return _nothing_live(request, path)
    page = reading.revision.page
    if not has_own_address(layout=page.layout, body=reading.revision.body):
        return _to_its_place(reading.revision, request)
    response = render(request, reading.layout.template, {"page": reading})
    response.headers["Link"] = f'<{reading.twin_url}>; rel="alternate"; type="text/markdown"'
    return response


@require_safe
def without_slash(request: HttpRequest, path: str) -> HttpResponse:
    """An address whose slash is missing leads to where its page is read, in one step."""
    if resolve(f"/{path}/").view_name != "pages:detail":
        return HttpResponsePermanentRedirect(with_query(f"/{path}/", request))
    if path == HOME:
        return HttpResponsePermanentRedirect(with_query("/", request))
    addressed = Revision.objects.in_force().exclude(page__layout__in=PARTS)
    revision = addressed.select_related("page").filter(page__path=path).first()
    if revision is None and read_clinic_page(path):
        return HttpResponsePermanentRedirect(with_query(f"/{path}/", request))
    if revision is None or not (
        revision.is_withdrawn or Revision.objects.live().filter(pk=revision.pk).exists()
    ):
        raise Http404(f"Nothing is live at {path}.")
    if not revision.is_withdrawn and not has_own_address(
        layout=revision.page.layout, body=revision.body
    ):
        return _to_its_place(revision, request)
    return HttpResponsePermanentRedirect(with_query(f"/{path}/", request))


def with_query(place: str, request: HttpRequest) -> str:
    """An address of the site with what stands behind the question mark of the request."""
    bare, sharp, anchor = place.partition("#")
    query = request.META.get("QUERY_STRING", "")
    joint = ("&" if "?" in bare else "?") if query else ""
    return f"{bare}{joint}{query}{sharp}{anchor}"


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address: the nearest pages, the usual ones, and the phone."""
    return render(request, "404.html", what_may_help(request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed: the phone and the way on, without a question to the database or to the request."""
    page = render_to_string("500.html", {"clinic": known_clinic()})
    return HttpResponse(page, status=500)


def _to_its_place(revision: Revision, request: HttpRequest) -> HttpResponse:
    may_get_a_page = revision.page.layout == "condition"
    answer = HttpResponseRedirect if may_get_a_page else HttpResponsePermanentRedirect
    return answer(with_query(Entry(revision).url, request))


def _nothing_live(request: HttpRequest, path: str) -> HttpResponse:
    """410 where a page was withdrawn; anything else is not found."""
    if (
        Revision.objects.in_force()
        .filter(page__path=path, is_withdrawn=True)
        .exclude(page__layout__in=PARTS)
        .exists()
    ):
        return render(request, "410.html", what_may_help(request), status=410)
    raise Http404(f"Nothing is live at {path}.")
