"""Addresses of the pages: the home page, and any path that nothing else claims."""

from django.urls import path

from clinic_site.pages import views
from clinic_site.pages.admin_views import previews

app_name = "pages"
urlpatterns = [
    path("", views.detail, name="home"),
    path("preview/<token>/", previews.shared, name="preview"),
    path("<path:path>/", views.detail, name="detail"),
]
