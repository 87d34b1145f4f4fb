"""What browsers keep for when there is no connection: the service worker, and the page that lists what it keeps."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic_site.pages.models import HOME, Revision, page_url

# What somebody may need on the way to us, or at night after a visit; each device keeps them.
FOR_EVERYBODY = (HOME, "is-this-normal", "aftercare", "safety", "clinic", "first-session")
ON, OFF = "service-worker.js", "service-worker-off.js"


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker; with OFFLINE_PAGES off, one that drops what was kept and takes itself away."""
    name = ON if settings.OFFLINE_PAGES else OFF
    script = (settings.BASE_DIR / "static" / "js" / name).read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown, without a connection, for a page that is not kept; the worker reads here what to keep."""
    live = Revision.objects.live().filter(page__path__in=FOR_EVERYBODY)
    by_path = {revision.page.path: revision for revision in live}
    kept = [(page_url(path), by_path[path]) for path in FOR_EVERYBODY if path in by_path]
    return render(request, "pages/offline.html", {"kept": kept})
