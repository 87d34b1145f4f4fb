"""The service worker and the page that says what is kept, over HTTP."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from clinic_site.pages.actions.publish import withdraw
from clinic_site.pages.models import Page
from clinic_site.pages.public.offline import FOR_EVERYBODY

pytestmark = pytest.mark.usefixtures("published")


def offered(client: Client) -> list[str]:
    return re.findall(r'data-kept href="([^"]+)"', client.get("/offline/").text)


def test_the_worker_is_asked_for_at_each_visit_and_may_see_the_whole_site(client: Client) -> None:
    response = client.get("/service-worker.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "keepForEverybody" in response.text


def test_switched_off_the_worker_takes_itself_away(client: Client, settings: Settings) -> None:
    settings.OFFLINE_PAGES = False
    assert "unregister()" in client.get("/service-worker.js").text
    assert "offline-pages" not in client.get("/search/").text


def test_the_list_names_the_pages_for_everybody(client: Client) -> None:
    assert len(offered(client)) == len(FOR_EVERYBODY)
    assert all(client.get(path).status_code == 200 for path in offered(client))


def test_what_is_withdrawn_is_not_kept(client: Client) -> None:
    withdraw(page=Page.objects.get(path="aftercare"), by=None)
    assert "/aftercare/" not in offered(client)


def test_no_search_engine_takes_the_list(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in client.get("/offline/").text
    assert "/offline/" not in client.get("/sitemap.xml").text


@pytest.mark.parametrize("path", ["/book/", "/book/question/"])
def test_the_form_asks_for_no_worker(client: Client, path: str) -> None:
    assert "offline-pages" not in client.get(path).text
