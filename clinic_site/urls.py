"""Every address of the site. The pages come last: they take any path that nothing else claims."""

from django.contrib import admin
from django.urls import include, path

from clinic_site.enquiries.public_form.page_context import SiteReader
from clinic_site.pages.rendering.page_view import read_page
from clinic_site.pages.templatetags.pages import site_frame


def areas_of(about: str) -> list[str]:
    """The body areas of a condition, by its slug or its path; none for any other page."""
    reading = about and (read_page(about) or read_page(f"conditions/{about}"))
    return list(reading.revision.details.get("areas", ())) if reading else []


urlpatterns = [
    path("admin/second-factor/", include("clinic_site.staff.urls")),
    path("admin/", admin.site.urls),
    path("media/", include("clinic_site.images.urls")),
    path(
        "book/",
        include("clinic_site.enquiries.urls"),
        {"reader": SiteReader(read_page=read_page, read_frame=site_frame, areas_of=areas_of)},
    ),
    path("search/", include("clinic_site.search.urls")),
    path("", include("clinic_site.pages.urls")),
]

handler404 = "clinic_site.pages.public.views.page_not_found"
handler500 = "clinic_site.pages.public.views.server_error"
