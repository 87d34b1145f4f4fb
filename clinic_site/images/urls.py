"""Addresses of image files: a folder for each upload, a name that is the content's hash."""

from django.urls import re_path

from clinic_site.images.media_views import media, nothing

app_name = "images"
urlpatterns = [
    re_path(
        r"^(?P<name>images/[0-9a-f]{10}/(?:kept-)?[0-9a-f]{16}\.(?:avif|jpg|png|webp))\Z",
        media,
        name="media",
    ),
    re_path("", nothing),
]
