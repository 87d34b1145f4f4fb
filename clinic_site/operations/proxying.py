"""The configuration of a web server in front of the site, with this installation's paths and headers."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.template import Context, Engine

from clinic_site.operations.edition import finished_page

SERVERS = {"nginx": "operations/nginx.conf", "caddy": "operations/Caddyfile"}
OWN = frozenset(  # headers that each page has for itself, or the web server makes
    {
        "content-type",
        "content-length",
        "content-encoding",
        "etag",
        "last-modified",
        "vary",
        "cache-control",
        "link",
    }
)


class NoPage(Exception):
    """Nothing is live yet, so the headers of a page can't be told."""


def proxy_config(server: str, *, listen: str = "") -> str:
    """The configuration for "nginx" or "caddy"; `listen` is a port or address instead of the site's own."""
    page = finished_page(WSGIHandler(), "/")
    if page is None:
        raise NoPage("Nothing is live yet: run `manage.py sync_content` first.")
    headers = [
        (name, value)
        for name, value in page.variant("identity").whole.headers
        if name.lower() not in OWN
    ]
    site = urlsplit(settings.SITE_URL)
    default = {"http": "80", "https": "443"}[site.scheme]
    # Not HTML: quotes in a header stay quotes.
    template = Engine([str(settings.BASE_DIR / "templates")], autoescape=False).get_template(
        SERVERS[server]
    )
    told = Context(
        {
            "address": listen or settings.SITE_URL,
            "bind": f"[{settings.BIND}]" if ":" in settings.BIND else settings.BIND,
            "data_dir": settings.DATA_DIR,
            "headers": headers,
            "host": site.hostname,
            "listen": listen or default,
            "port": settings.PORT,
        },
        autoescape=False,
    )
    return template.render(told)
