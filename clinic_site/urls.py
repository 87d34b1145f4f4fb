"""Every address of the site. The pages come last: they take any path that nothing else claims."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("clinic_site.pages.urls")),
]
