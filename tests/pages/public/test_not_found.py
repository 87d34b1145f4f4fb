"""An address at which nothing is: what it costs, and that it is up to date."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from clinic_site.pages.actions.publish import create_page, publish, withdraw
from clinic_site.pages.models import Page

pytestmark = pytest.mark.django_db
GONE = "/no-such-page/"


@pytest.fixture
def warm(client: Client, published: None) -> None:
    """A process that has told somebody before that a page is not there."""
    client.get("/another-one/")


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("path", [GONE, "/no-such-page", "/no-such-page/?from=mail", "/a/b.php"])
def test_what_is_not_there_takes_few_queries(
    client: Client, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(4):
        assert client.get(path).status_code == 404


@pytest.mark.usefixtures("warm")
def test_what_is_gone_takes_few_queries(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    withdraw(page=Page.objects.get(path="privacy"), by=None)
    client.get("/privacy/")
    with django_assert_max_num_queries(4):
        assert client.get("/privacy/").status_code == 410


@pytest.mark.usefixtures("warm")
def test_a_page_that_is_new_is_among_the_nearest_at_once(client: Client) -> None:
    page = create_page(path="parking", layout="article", by=None)
    publish(page=page, words={"title": "Where to park", "body": "Behind the house."}, by=None)
    html = client.get("/parkign/").content.decode()
    assert 'href="/parking/"' in html[: html.index("answer most questions")]


@pytest.mark.parametrize(("path", "is_near"), [("/first/", True), ("/nowhere/", False)])
def test_a_page_is_offered_only_where_it_is_like_what_was_asked_for(
    client: Client, published: None, path: str, is_near: bool
) -> None:
    assert ("Did you mean" in client.get(path).content.decode()) == is_near


@pytest.mark.usefixtures("warm")
def test_a_page_that_is_withdrawn_is_no_longer_offered(client: Client) -> None:
    withdraw(page=Page.objects.get(path="first-session"), by=None)
    assert 'href="/first-session/"' not in client.get(GONE).content.decode()


@pytest.mark.parametrize("path", ["/%00/", "/a%00", "/%00.md", "/preview/%00/"])
def test_the_database_is_not_asked_for_what_postgresql_refuses(
    client: Client, published: None, path: str
) -> None:
    asked: list[str] = []

    def listen(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        asked.append(repr(params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(listen):
        assert client.get(path).status_code == 404
    assert not [one for one in asked if r"\x00" in one]
