"""Addresses of the pages: the home page, and any path that nothing else claims."""

from django.urls import path, register_converter
from django.urls.converters import PathConverter

from clinic_site.pages.editor.views import previews
from clinic_site.pages.public import crawler_views, offline, views, web_app


class PagePath(PathConverter):
    """Any path without a NUL, which no page has and PostgreSQL refuses to look for."""

    regex = r"[^\n\0]+"


register_converter(PagePath, "page")
app_name = "pages"
urlpatterns = [
    path("", views.detail, name="home"),
    path("sitemap.xml", crawler_views.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", crawler_views.sitemap_part, name="sitemap-part"),
    path("robots.txt", crawler_views.robots, name="robots"),
    path("llms.txt", crawler_views.llms, name="llms"),
    path("<slug:key>.txt", crawler_views.indexnow_key, name="indexnow-key"),
    path("feed.atom", crawler_views.feed, name="feed"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("offline/", offline.offline, name="offline"),
    path("manifest.webmanifest", web_app.manifest, name="manifest"),
    *(path(name, web_app.icon, {"name": name}) for name in web_app.AT_ROOT),
    path("<page:path>.md", crawler_views.twin, name="twin"),
    path("preview/<token>/", previews.shared, name="preview"),
    path("<page:path>/", views.detail, name="detail"),
    path("<page:path>", views.without_slash, name="without-slash"),
]
