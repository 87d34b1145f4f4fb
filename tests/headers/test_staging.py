"""A staging site (SITE_INDEXABLE=0) asks on every answer not to be listed; the real one on none of its pages."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
ANSWERS = "/ /faq/ /faq.md /feed.atom /robots.txt /sitemap.xml /static/img/mark.svg /no-such/ /home".split()


@pytest.mark.parametrize("path", ANSWERS)
def test_a_staging_site_is_not_to_be_listed(client: Client, settings: Settings, path: str) -> None:
    settings.SITE_INDEXABLE = False
    assert client.get(path).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["/", "/faq/", "/book/"])
def test_its_pages_say_so_too(client: Client, settings: Settings, path: str) -> None:
    settings.SITE_INDEXABLE = False
    html = client.get(path).content.decode()
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("path", ANSWERS)
def test_the_real_site_may_be_listed(client: Client, path: str) -> None:
    assert "X-Robots-Tag" not in client.get(path).headers
