"""What a phone asks for when the site is put on its home screen: the manifest and the icons."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from clinic_site.clinic.clinic_fallback import NAMELESS
from clinic_site.clinic.models import Clinic

PAPER = "#fbf9f4"
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
AT_ROOT = {"favicon.ico": "image/vnd.microsoft.icon", "apple-touch-icon.png": "image/png"}
ONE_DAY = "public, max-age=86400"


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest: the clinic's name and the icons."""
    clinic = Clinic.objects.first()
    name = clinic.name if clinic else NAMELESS
    manifest = {
        "name": name,
        "short_name": name,
        "id": "/",
        "start_url": "/",
        "display": "browser",
        "lang": "en-CA",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static(f"img/{file}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes, purpose in ICONS
        ],
    }
    headers = {"Cache-Control": ONE_DAY}
    return JsonResponse(manifest, content_type="application/manifest+json", headers=headers)


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """An icon at the address where browsers look for it without being told."""
    content = (settings.BASE_DIR / "static" / "img" / name).read_bytes()
    headers = {"Cache-Control": ONE_DAY}
    return HttpResponse(content, content_type=AT_ROOT[name], headers=headers)
