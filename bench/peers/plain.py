"""A peer: one Django view that answers with the page's bytes, behind the middleware of `startproject`.

Environment: PEER_PAGE, the file with the page.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
PAGE = Path(os.environ["PEER_PAGE"]).read_bytes()


def page(request: HttpRequest) -> HttpResponse:
    """The page."""
    return HttpResponse(PAGE)


settings.configure(
    SECRET_KEY="measured and thrown away",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=MIDDLEWARE,
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sessions",
    ],
)
urlpatterns = [path("", page)]
application = get_wsgi_application()
