"""What crawlers and assistants ask for: sitemap, robots.txt, llms.txt, the feed, the Markdown twins."""

from django.conf import settings
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from clinic_site.clinic.clinic_fallback import NAMELESS, remember
from clinic_site.clinic.closures import announced, announced_at
from clinic_site.clinic.models import Clinic
from clinic_site.pages.layouts import has_own_address
from clinic_site.pages.models import HOME
from clinic_site.pages.rendering.clinic_pages import read_clinic_page
from clinic_site.pages.rendering.entries import Entry
from clinic_site.pages.rendering.markdown_twin import markdown_twin, overview
from clinic_site.pages.rendering.page_lists import (
    all_listed,
    latest_changes,
    listed,
    of_the_clinic,
    sitemap_pages,
)
from clinic_site.pages.rendering.page_view import read_page

XML = "application/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
FEED_LENGTH = 30


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or, above 5,000, the list of the parts."""
    pages = sitemap_pages()
    if pages.num_pages > 1:
        context = {"parts": pages.page_range, "site_url": settings.SITE_URL}
        return render(request, "pages/sitemap_index.xml", context, content_type=XML)
    return sitemap_part(request, 1)


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One part of the sitemap, counted from 1; empty while the clinic is a sample."""
    try:
        part = sitemap_pages().page(number)
    except EmptyPage as error:
        raise Http404("There is no such part of the sitemap.") from error
    clinic = remember(Clinic.objects.first())
    pages = listed(list(part.object_list)) + (of_the_clinic() if number == 1 else [])
    pages = [] if clinic and clinic.is_sample else pages
    context = {"pages": pages, "site_url": settings.SITE_URL}
    return render(request, "pages/sitemap.xml", context, content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may ask for. A site that is not to be found says noindex; it does not hide."""
    context = {"site_url": settings.SITE_URL}
    return render(request, "pages/robots.txt", context, content_type=PLAIN)


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """The site in one text for assistants: what it is, and where each page stands as Markdown."""
    home = read_page(HOME)
    if home is None:
        raise Http404("Nothing is live yet.")
    clinic = remember(Clinic.objects.prefetch_related("locations").first())
    text = overview(home, pages=all_listed(), clinic=clinic, site_url=settings.SITE_URL)
    return HttpResponse(text, content_type=PLAIN)


@require_safe
def indexnow_key(request: HttpRequest, key: str) -> HttpResponse:
    """The key that shows search engines that news of this site come from this site."""
    if not settings.INDEXNOW_KEY or key != settings.INDEXNOW_KEY:
        raise Http404("There is no such key.")
    return HttpResponse(key, content_type=PLAIN)


@require_safe
def twin(request: HttpRequest, path: str) -> HttpResponse:
    """A page as Markdown; its canonical address is the page."""
    reading = read_page(path) or read_clinic_page(path)
    if reading is None or not has_own_address(
        layout=reading.revision.page.layout, body=reading.revision.body
    ):
        raise Http404(f"Nothing is live at {path}.")
    text = markdown_twin(reading, site_url=settings.SITE_URL)
    response = HttpResponse(text, content_type=MARKDOWN)
    response.headers["Link"] = f'<{settings.SITE_URL}{reading.url}>; rel="canonical"'
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest changes, and the closures that patients are told of, as Atom (RFC 4287)."""
    clinic = remember(Clinic.objects.prefetch_related("closures").first())
    name = clinic.name if clinic else NAMELESS
    atom = Atom1Feed(
        title=f"{name}: what is new",
        link=f"{settings.SITE_URL}/",
        description="Changed pages, and days on which the clinic is closed.",
        language="en-CA",
        author_name=name,
        feed_url=f"{settings.SITE_URL}/feed.atom",
    )
    for closure in announced(clinic.closures.all()) if clinic else ():
        atom.add_item(
            title=f"Closed: {closure.reason}",
            link=f"{settings.SITE_URL}/clinic/",
            description=f"Closed from {closure.starts_on:%-d %B %Y} to {closure.ends_on:%-d %B %Y}.",
            unique_id=f"{settings.SITE_URL}/clinic/#closure-{closure.pk}",
            updateddate=announced_at(closure),
        )
    for revision in latest_changes(FEED_LENGTH):
        atom.add_item(
            title=revision.title,
            link=settings.SITE_URL + Entry(revision).url,
            description=revision.summary or revision.title,
            unique_id=f"{settings.SITE_URL}{revision.page.get_absolute_url()}#revision-{revision.pk}",
            updateddate=revision.publish_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
