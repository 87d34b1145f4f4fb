"""Pages over HTTP: an address in, the live page out."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic_site.pagecache.serving import finished
from clinic_site.pages.layouts import has_own_address
from clinic_site.pages.models import HOME
from clinic_site.pages.reading import Entry, read_page


@require_safe
@finished
def detail(request: HttpRequest, path: str = "") -> HttpResponse:
    """The live page at an address; a question or term leads to its place on its index."""
    if path == HOME:
        return HttpResponseRedirect("/")
    reading = read_page(path or HOME)
    if reading is None:
        raise Http404(f"Nothing is live at {path}.")
    page = reading.revision.page
    if not has_own_address(layout=page.layout, body=reading.revision.body):
        return HttpResponseRedirect(Entry(reading.revision).url)
    return render(request, reading.layout.template, {"page": reading})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address: the ways on, and the phone."""
    return render(request, "404.html", status=404)
