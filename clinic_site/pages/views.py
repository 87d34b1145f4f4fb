"""Pages over HTTP: an address in, the live page out."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic_site.pagecache.serving import finished
from clinic_site.pages.layouts import has_own_address
from clinic_site.pages.listing import nearest
from clinic_site.pages.models import HOME, Revision
from clinic_site.pages.reading import Entry, read_page


@require_safe
@finished
def detail(request: HttpRequest, path: str = "") -> HttpResponse:
    """The live page at an address; a question or term leads to its place on its index."""
    if path == HOME:
        return HttpResponseRedirect("/")
    reading = read_page(path or HOME)
    if reading is None:
        return _nothing_live(request, path)
    page = reading.revision.page
    if not has_own_address(layout=page.layout, body=reading.revision.body):
        return HttpResponseRedirect(Entry(reading.revision).url)
    response = render(request, reading.layout.template, {"page": reading})
    response.headers["Link"] = f'<{reading.twin_url}>; rel="alternate"; type="text/markdown"'
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address: the nearest pages, the usual ones, and the phone."""
    return render(request, "404.html", {"nearest": nearest(request.path)}, status=404)


def _nothing_live(request: HttpRequest, path: str) -> HttpResponse:
    """410 where a page was withdrawn; anything else is not found."""
    if Revision.objects.in_force().filter(page__path=path, is_withdrawn=True).exists():
        return render(request, "410.html", {"nearest": nearest(request.path)}, status=410)
    raise Http404(f"Nothing is live at {path}.")
