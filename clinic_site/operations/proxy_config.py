"""The configuration of a web server in front of the site, with this installation's paths and headers."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.template import Context, Engine

from clinic_site.operations.front_headers import digest_of, headers_in_front
from clinic_site.operations.static_export import finished_page

SERVERS = {"nginx": "operations/nginx.conf", "caddy": "operations/Caddyfile"}


class NoPage(Exception):
    """Nothing is live yet, so the headers of a page can't be told."""


def proxy_config(
    server: str, *, listen: str = "", upstream: str = "", is_newer_caddy: bool = False
) -> str:
    """The configuration for "nginx" or "caddy"; `listen` is a port or address instead of the site's own.

    `upstream`: host and port of the application as the web server sees it. `is_newer_caddy`: 2.7 or later.
    """
    page = finished_page(WSGIHandler(), "/")
    if page is None:
        raise NoPage("Nothing is live yet: run `manage.py sync_content` first.")
    site = urlsplit(settings.SITE_URL)
    default = {"http": "80", "https": "443"}[site.scheme]
    # Not HTML: quotes in a header stay quotes.
    template = Engine([str(settings.BASE_DIR / "templates")], autoescape=False).get_template(
        SERVERS[server]
    )
    bind = f"[{settings.BIND}]" if ":" in settings.BIND else settings.BIND
    context = Context(
        {
            "address": listen or settings.SITE_URL,
            "upstream": upstream or f"{bind}:{settings.PORT}",
            "is_newer_caddy": is_newer_caddy,
            "public_dir": settings.PUBLIC_DIR,
            "above_media": Path(settings.MEDIA_ROOT).parent,
            "edition": f"edition-{digest_of(page)}",
            "headers": headers_in_front(page),
            "host": site.hostname,
            "listen": listen or default,
        },
        autoescape=False,
    )
    return template.render(context)
