"""What patients would see: in the editor while typing, and behind a link for a colleague."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from markdownx.views import MarkdownifyView

from clinic_site.pages.checks.publishing import publishing_faults
from clinic_site.pages.checks.style import advice_for, glossary_terms
from clinic_site.pages.checks.wordings import for_editor
from clinic_site.pages.editor.save import opening_revision
from clinic_site.pages.editor.views.admin_page import admin_page, person, record, to
from clinic_site.pages.editor.views.edit import posted_form
from clinic_site.pages.models import Page, PreviewLink, Revision
from clinic_site.pages.rendering.draft_preview import (
    LinkGone,
    Preview,
    preview_of,
    read_token,
    revoke,
    share,
    token_of,
    unsaved,
)
from clinic_site.pages.rendering.entries import Entry
from clinic_site.typed_text import cut_typed, number_in

PRIVATE = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
MOST_TARGETS = 30
MOST_ADVICE = 100


@require_POST
def markdownify(request: HttpRequest) -> HttpResponse:
    """A text as safe HTML, for django-markdownx; its own view fails where no text is sent."""
    if "content" not in request.POST:
        return _private(HttpResponse("Send the text as content.", "text/plain", status=400))
    answer: HttpResponse = MarkdownifyView.as_view()(request)
    return answer


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form's words as the public page; what the form can't take is said in its place."""
    page = get_object_or_404(Page, pk=pk)
    form = posted_form(request, page)
    form.is_valid()
    if "body" in form.errors:
        return _private(HttpResponse(form.errors["body"].as_text(), "text/plain", status=413))
    return drawn(request, preview_of(unsaved(page, form.words())))


@require_POST
def checks(request: HttpRequest, pk: int) -> JsonResponse:
    """The form's words looked over as JSON: `faults`, which block, and `advice`; nothing is saved."""
    page = get_object_or_404(Page, pk=pk)
    form = posted_form(request, page)
    form.is_valid()
    words = form.words()
    faults = for_editor(publishing_faults(page, words), words)
    advice = for_editor(advice_for(words, glossary_terms())[:MOST_ADVICE], words)
    response = JsonResponse({"faults": faults, "advice": advice})
    response.headers["Cache-Control"] = "no-store, private"
    return response


def drawn(request: HttpRequest, preview: Preview, **context: object) -> HttpResponse:
    """A preview in the page's own template, kept by nobody; Preview-Anchor says where to look."""
    response = render(request, preview.template, {"page": preview.reading, **context})
    response.headers["Preview-Anchor"] = preview.anchor
    return _private(response)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A revision for whoever has the link: no sign-in, no cookie, no index, no cache."""
    try:
        link = read_token(token)
    except (BadSignature, ValueError):
        return _private(render(request, "pages/preview_gone.html", {"is_known": False}, status=404))
    except LinkGone:
        return _private(render(request, "pages/preview_gone.html", {"is_known": True}, status=410))
    return drawn(request, preview_of(link.revision), preview_link=link)


def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview links of a page; a POST makes one for a revision, or revokes one."""
    page = get_object_or_404(Page, pk=pk)
    of_page = PreviewLink.objects.filter(revision__page=page)
    if request.method != "POST":
        found = of_page.open().select_related("revision", "created_by")
        shown = [(link, _address(request, link)) for link in found]
        newest = opening_revision(page)
        title = f"Preview links of “{page.name()}”"
        return admin_page(request, "links", title=title, page=page, links=shown, newest=newest)
    if "revoke" in request.POST:
        link = get_object_or_404(of_page, pk=number_in(request.POST["revoke"]))
        revoke(link=link, by=person(request))
        record(request, page, "Revoked a preview link: it shows nothing any more.")
    else:
        number = number_in(request.POST.get("revision"))
        share(revision=get_object_or_404(page.revisions, pk=number), by=person(request))
        record(request, page, "Made a preview link. Whoever has it can read these words.")
    return to("links", page)


@require_safe
def targets(request: HttpRequest) -> JsonResponse:
    """The live pages whose title or address has the words `q`, for the editor's link list."""
    asked = cut_typed(request.GET.get("q", ""), longest=200)
    revisions = Revision.objects.live().order_by("page__path")
    if asked:
        revisions = revisions.filter(title__icontains=asked) | revisions.filter(
            page__path__icontains=asked
        )
    found = [{"title": one.title, "url": Entry(one).url} for one in revisions[:MOST_TARGETS]]
    return JsonResponse({"pages": found})


def _address(request: HttpRequest, link: PreviewLink) -> str:
    return request.build_absolute_uri(reverse("pages:preview", args=[token_of(link)]))


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response
