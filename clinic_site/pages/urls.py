"""Addresses of the pages: the home page, and any path that nothing else claims."""

from django.urls import path, register_converter
from django.urls.converters import PathConverter

from clinic_site.pages import crawling, views, web_app
from clinic_site.pages.admin_views import previews


class PagePath(PathConverter):
    """Any path without a NUL, which no page has and PostgreSQL refuses to look for."""

    regex = r"[^\n\0]+"


register_converter(PagePath, "page")
app_name = "pages"
urlpatterns = [
    path("", views.detail, name="home"),
    path("sitemap.xml", crawling.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", crawling.sitemap_part, name="sitemap-part"),
    path("robots.txt", crawling.robots, name="robots"),
    path("llms.txt", crawling.llms, name="llms"),
    path("<slug:key>.txt", crawling.indexnow_key, name="indexnow-key"),
    path("feed.atom", crawling.feed, name="feed"),
    path("manifest.webmanifest", web_app.manifest, name="manifest"),
    *(path(name, web_app.icon, {"name": name}) for name in web_app.AT_ROOT),
    path("<page:path>.md", crawling.twin, name="twin"),
    path("preview/<token>/", previews.shared, name="preview"),
    path("<page:path>/", views.detail, name="detail"),
    path("<page:path>", views.without_slash, name="without-slash"),
]
