"""Search over HTTP: a GET form, no cookie, no script. Who typed it is kept by nobody, see missed/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic_site.pagecache.page_cache import finished
from clinic_site.pages.public.not_found import signposts
from clinic_site.search.missed.counting import note
from clinic_site.search.query import find
from clinic_site.search.suggestions import as_text, suggestions
from clinic_site.typed_text import cut_typed

LONGEST = 2_000  # characters that are looked at
# What somebody looks for is theirs: not for search engines, not for a cache on the way.
HEADERS = {"X-Robots-Tag": "noindex", "Cache-Control": "private, no-cache"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what is found for `q`."""
    found = find(cut_typed(request.GET.get("q", ""), longest=LONGEST))
    note(found)
    context = {"found": found, "frame": signposts().frame}
    response = render(request, "search/search.html", context)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


@require_safe
@finished
def suggested(request: HttpRequest) -> HttpResponse:
    """What is offered while somebody types: one list for everybody, kept until pages change."""
    response = HttpResponse(as_text(suggestions()), content_type="application/json")
    response.headers["X-Robots-Tag"] = "noindex"
    return response
