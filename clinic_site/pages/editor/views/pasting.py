"""What staff paste, as clean Markdown."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from clinic_site.markup.pasting.html import markdown_from_html
from clinic_site.markup.pasting.lines import markdown_from_text


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """The HTML (or the plain text) of a clipboard as Markdown; nothing is saved."""
    html, text = request.POST.get("html", ""), request.POST.get("text", "")
    markdown = markdown_from_html(html) if html else ""
    response = JsonResponse({"text": markdown or markdown_from_text(text)})
    response.headers["Cache-Control"] = "no-store, private"
    return response
