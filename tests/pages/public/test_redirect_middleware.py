"""Addresses that lead on: always in one step, for good where it is for good."""

import pytest
from django.conf import settings as site_settings
from django.contrib.redirects.models import Redirect
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from clinic_site.pages.actions.publish import withdraw
from clinic_site.pages.models import Page
from clinic_site.pages.public import redirect_middleware

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

OLD = {
    "/old/page/": "/first-session/",
    "/old/page?number=1": "/benefits/",
    "/old/question/": "/faq/does-it-hurt/",
    "/old/place/": "/safety/#after-the-session",
    "/old/fees%20and%20hours/": "/clinic/",
    "/old/où/": "/clinic/",
}


@pytest.fixture
def old_address() -> None:
    """What the clinic's site before this one had."""
    for old, new in OLD.items():
        Redirect.objects.create(site_id=site_settings.SITE_ID, old_path=old, new_path=new)


@pytest.mark.parametrize(
    ("asked", "status", "place"),
    [
        ("/first-session", 301, "/first-session/"),
        ("/first-session?from=card", 301, "/first-session/?from=card"),
        ("/home", 301, "/"),
        ("/home/", 301, "/"),
        ("/home?from=card", 301, "/?from=card"),
        ("/home/?from=card", 301, "/?from=card"),
        ("/book", 301, "/book/"),
        ("/old/fees%20and%20hours", 301, "/clinic/"),
        ("/old/fees%20and%20hours/?from=card", 301, "/clinic/?from=card"),
        ("/old/o%C3%B9/", 301, "/clinic/"),
        ("/admin", 301, "/admin/"),
        ("/faq/does-it-hurt", 301, "/faq/#does-it-hurt"),
        ("/faq/does-it-hurt/", 301, "/faq/#does-it-hurt"),
        ("/faq/does-it-hurt?from=card", 301, "/faq/?from=card#does-it-hurt"),
        ("/faq/does-it-hurt/?from=card", 301, "/faq/?from=card#does-it-hurt"),
        ("/glossary/trigger-point/", 301, "/glossary/#trigger-point"),
        ("/conditions/tennis-elbow", 301, "/conditions/tennis-elbow/"),
        ("/old/page/", 301, "/first-session/"),
        ("/old/page", 301, "/first-session/"),
        ("/old/page?from=card", 301, "/first-session/?from=card"),
        ("/old/page?number=1", 301, "/benefits/"),
        ("/old/page?number=1&from=card", 301, "/first-session/?number=1&from=card"),
        ("/old/question/", 301, "/faq/#does-it-hurt"),
        ("/old/question?from=card", 301, "/faq/?from=card#does-it-hurt"),
        ("/old/place/?from=card", 301, "/safety/?from=card#after-the-session"),
    ],
)
def test_an_address_leads_on_in_one_step(
    client: Client, old_address: None, asked: str, status: int, place: str
) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (status, place)
    assert client.get(place.partition("#")[0]).status_code in (200, 302)


def test_an_old_address_of_a_withdrawn_page_says_that_it_is_gone(
    client: Client, old_address: None
) -> None:
    withdraw(page=Page.objects.get(path="first-session"), by=None)
    answer = client.get("/old/page", follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([("/first-session/", 301)], 410)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("/FAQ/", "/faq/"),
        ("/Faq", "/faq/"),
        ("/Faq/Does-It-Hurt/?from=card", "/faq/?from=card#does-it-hurt"),
        ("/BOOK/", "/book/"),
        ("/Search?q=Knee", "/search/?q=Knee"),
        ("/Conditions/TENNIS-elbow", "/conditions/tennis-elbow/"),
        ("/Old/PAGE", "/first-session/"),
        ("/HOME", "/"),
    ],
)
def test_an_address_in_capitals_leads_to_that_in_small_letters(
    client: Client, old_address: None, asked: str, place: str
) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, place)


def test_an_address_with_capitals_of_its_own_goes_before(client: Client) -> None:
    kept = {"old_path": "/FAQ/", "new_path": "/safety/"}
    Redirect.objects.create(site_id=site_settings.SITE_ID, **kept)
    assert client.get("/FAQ/").headers["Location"] == "/safety/"


@pytest.mark.parametrize(
    "path", ["/NO-such-page/", "/%2FEvil.example/", "/%5CEvil.example", "/A%00/"]
)
def test_capitals_of_nothing_are_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_sent_to_capitals_goes_nowhere(client: Client) -> None:
    assert client.post("/FAQ/").status_code in (404, 405)


@pytest.mark.parametrize("path", ["/no-such-page", "/no/such/page", "/no-such-file.txt"])
def test_an_unknown_address_without_its_slash_is_not_found_at_once(
    client: Client, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_a_withdrawn_page_without_its_slash_is_gone_in_one_step(client: Client) -> None:
    withdraw(page=Page.objects.get(path="privacy"), by=None)
    assert client.get("/privacy", follow=True).status_code == 410


@pytest.mark.parametrize("path", ["/%5Cevil.example", "/%2F%2Fevil.example", "/%2Fevil.example"])
def test_no_address_leads_away_from_the_site(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.fixture
def on_https(settings: Settings) -> None:
    """A site whose address begins with https, asked for over http."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600


@pytest.mark.parametrize(
    ("asked", "status", "place"),
    [
        ("/", 301, "/"),
        ("/first-session", 301, "/first-session/"),
        ("/first-session/", 301, "/first-session/"),
        ("/first-session?from=card", 301, "/first-session/?from=card"),
        ("/first-session/?from=card", 301, "/first-session/?from=card"),
        ("/home/", 301, "/"),
        ("/book", 301, "/book/"),
        ("/home?from=card", 301, "/?from=card"),
        ("/faq/does-it-hurt", 301, "/faq/#does-it-hurt"),
        ("/faq/does-it-hurt?from=card", 301, "/faq/?from=card#does-it-hurt"),
        ("/old/question?from=card", 301, "/faq/?from=card#does-it-hurt"),
        ("/old/page", 301, "/first-session/"),
        ("/old/page/", 301, "/first-session/"),
        ("/old/page?from=card", 301, "/first-session/?from=card"),
        ("/no-such-page", 301, "/no-such-page"),
        ("/%2Fevil.example", 301, "//evil.example"),
        ("/robots.txt", 301, "/robots.txt"),
        ("/static/img/mark.svg?v=1", 301, "/static/img/mark.svg?v=1"),
    ],
)
def test_http_leads_to_https_and_to_the_end_in_one_step(
    client: Client, old_address: None, on_https: None, asked: str, status: int, place: str
) -> None:
    response = client.get(asked)
    location = f"https://testserver{place}"
    assert (response.status_code, response.headers["Location"]) == (status, location)
    assert client.get(place, secure=True).status_code in (200, 404)


def test_what_was_sent_over_http_is_not_taken(client: Client, on_https: None) -> None:
    response = client.post("/first-session", {"name": "x"})
    assert response.headers["Location"] == "https://testserver/first-session"


def test_a_withdrawn_page_is_gone_in_one_step_from_http(client: Client, on_https: None) -> None:
    withdraw(page=Page.objects.get(path="privacy"), by=None)
    assert client.get("/privacy").headers["Location"] == "https://testserver/privacy/"


def test_only_https_promises_https(client: Client, on_https: None) -> None:
    assert "Strict-Transport-Security" not in client.get("/first-session").headers
    assert "Strict-Transport-Security" in client.get("/first-session/", secure=True).headers


def test_http_leads_to_https_while_the_database_does_not_answer(
    client: Client, on_https: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("down")

    monkeypatch.setattr(redirect_middleware, "without_slash", broken)
    response = client.get("/first-session")
    assert response.headers["Location"] == "https://testserver/first-session"
