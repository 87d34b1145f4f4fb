"""The shipped content as a worker has brought it into the index, and a browser that searches."""

from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.apps import apps
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from clinic_site.search.index.indexing import bring_up_to_date
from tests.inserting import Statement, insert, statements

Search = Callable[[str], "Answer"]


class Answer(HTMLParser):
    """The results page: where its results lead, their titles, what is marked in them; and the whole text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.urls: list[str] = []
        self.titles: list[str] = []
        self.marked: list[str] = []
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._in.append(tag)
        if tag == "a" and "h3" in self._in[-2:-1]:
            self.urls.append(dict(attrs)["href"] or "")
            self.titles.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "mark" in self._in:
            self.marked.append(data)
        if "h3" in self._in and self.titles:
            self.titles[-1] += data


@pytest.fixture(scope="session")
def index_rows(synced_rows: list[Statement], django_db_blocker: DjangoDbBlocker) -> list[Statement]:
    """What inserts the index of the shipped content."""

    def make() -> None:
        insert(synced_rows)
        bring_up_to_date()

    with django_db_blocker.unblock():
        return statements(make, apps.get_app_config("search").get_models())


@pytest.fixture
def indexed(published: None, index_rows: list[Statement]) -> None:
    insert(index_rows)


@pytest.fixture
def search(client: Client, indexed: None) -> Search:
    """search("needle"): the answer, after the index has taken in what changed."""

    def ask(typed: str) -> Answer:
        bring_up_to_date()
        response = client.get(f"/search/?q={quote(typed)}")
        assert response.status_code == 200
        return Answer(response.content.decode())

    return ask
