"""The headers of every answer: pages, files, errors and the admin alike, on http and on https."""

import importlib
from collections.abc import Iterator, Mapping

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from clinic_site import env
from clinic_site import settings as site_settings
from clinic_site.headers import HEADERS, IsolationHeaders
from clinic_site.pagecache import prefetching
from clinic_site.pages.actions.publish import withdraw
from clinic_site.pages.models import Page

pytestmark = pytest.mark.django_db
ANSWERS = ("/", "/faq/", "/no-such-page/", "/admin/login/", "/static/img/mark.svg")
KEPT_BY_NOBODY = {
    "/": 200,
    "/safety/?from=mail": 200,
    "/safety": 301,
    "/conditions/text-neck/": 200,
    "/no-such-page/": 404,
    "/privacy/": 410,
    "/sitemap.xml": 200,
}
POLICY = {
    "default-src": "'none'",
    "script-src": f"'self' {prefetching.CSP_SOURCE}",
    "img-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def policy(headers: Mapping[str, str]) -> dict[str, str]:
    """The Content-Security-Policy by directive."""
    parts = headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", ANSWERS)
def test_the_policy_allows_the_site_itself_and_nothing_else(
    path: str, client: Client, published: None
) -> None:
    found = policy(client.get(path).headers)
    assert {name: found.get(name) for name in POLICY} == POLICY
    assert "unsafe" not in " ".join(found.values())


@pytest.mark.parametrize("path", ANSWERS)
def test_the_other_headers(path: str, client: Client, published: None) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_no_browser_keeps_a_page_without_asking(client: Client, published: None) -> None:
    withdraw(page=Page.objects.get(path="privacy"), by=None)
    answers = {path: client.get(path) for path in KEPT_BY_NOBODY}
    assert {path: one.status_code for path, one in answers.items()} == KEPT_BY_NOBODY
    assert {one.headers["Cache-Control"] for one in answers.values()} == {"no-cache"}


def test_reading_leaves_no_cookie(client: Client, published: None) -> None:
    for path in set(ANSWERS) - {"/admin/login/"}:
        client.get(path)
    assert dict(client.cookies) == {}


def test_a_view_may_set_its_own(rf: RequestFactory) -> None:
    own = HttpResponse(headers={"Cross-Origin-Resource-Policy": "cross-origin"})
    answer = IsolationHeaders(lambda request: own)(rf.get("/"))
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Permissions-Policy"] == HEADERS["Permissions-Policy"]


@pytest.fixture
def on_https(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings of a site whose SITE_URL is https."""
    with monkeypatch.context() as patch:
        patch.setenv("SITE_URL", "https://testserver")
        module = importlib.reload(site_settings)
        for name in dir(module):
            if name.startswith(("SECURE_", "SESSION_COOKIE", "CSRF_", "CONTENT_SECURITY")):
                setattr(settings, name, getattr(module, name))
        yield
    importlib.reload(site_settings)


def test_https_is_asked_for_over_http(client: Client, on_https: None) -> None:
    answer = client.get("/faq/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/faq/")


def test_https_is_kept_for_two_years(client: Client, on_https: None, published: None) -> None:
    answer = client.get("/faq/", secure=True)
    assert (
        answer.headers["Strict-Transport-Security"]
        == "max-age=63072000; includeSubDomains; preload"
    )
    assert "upgrade-insecure-requests" in policy(answer.headers)


def test_cookies_on_https_are_bound_to_the_host(client: Client, on_https: None) -> None:
    client.get("/admin/login/", secure=True)
    cookie = client.cookies["__Host-csrf"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_http_promises_nothing_about_https(client: Client, published: None) -> None:
    answer = client.get("/")
    assert "Strict-Transport-Security" not in answer.headers
    assert "upgrade-insecure-requests" not in policy(answer.headers)
    assert not env.read({"DATA_DIR": str(site_settings.DATA_DIR)}).is_https
