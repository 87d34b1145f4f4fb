"""Every address of the site. The pages come last: they take any path that nothing else claims."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", include("clinic_site.staff.urls")),
    path("admin/", admin.site.urls),
    path("", include("clinic_site.operations.urls")),
    path("media/", include("clinic_site.images.urls")),
    path("book/", include("clinic_site.enquiries.urls")),
    path("search/", include("clinic_site.search.urls")),
    path("", include("clinic_site.pages.urls")),
]

handler404 = "clinic_site.pages.public.views.page_not_found"
handler500 = "clinic_site.pages.public.views.server_error"
