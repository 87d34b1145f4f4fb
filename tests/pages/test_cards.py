"""Cards over HTTP: which pages have one, under which address, and what making them may cost."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from clinic_site.pages import cards
from clinic_site.pages.models import Page
from clinic_site.pages.publishing import publish, withdraw
from tests.pages.test_pages_over_http import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture(autouse=True)
def _place(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def meta(client: Client, path: str, name: str) -> str:
    html = client.get(path).content.decode()
    found = re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', html)
    assert len(found) == 1
    return found[0]


def address(client: Client, path: str) -> str:
    return meta(client, path, "og:image").removeprefix("http://localhost:8000")


@pytest.mark.parametrize("path", [*PUBLIC, "/book/"])
def test_every_page_names_its_card_and_its_size(client: Client, path: str) -> None:
    assert meta(client, path, "twitter:image") == meta(client, path, "og:image")
    assert meta(client, path, "og:image:width") == "1200"
    assert meta(client, path, "og:image:height") == "630"
    assert meta(client, path, "og:image:alt")


def test_no_two_pages_share_a_card(client: Client) -> None:
    assert len({address(client, path) for path in PUBLIC}) == len(PUBLIC)


@pytest.mark.parametrize("path", ["/", "/safety/", "/book/"])
def test_the_card_is_there_for_ever_and_for_everyone(client: Client, path: str) -> None:
    response = client.get(address(client, path))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_card_is_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(address(client, "/safety/")).content
    monkeypatch.setattr(cards, "draw", lambda card: b"drawn again")
    assert client.get(address(client, "/safety/")).content == first


def test_another_title_has_another_card_and_the_old_address_leads_there(client: Client) -> None:
    old = address(client, "/privacy/")
    publish(page=Page.objects.get(path="privacy"), words={"title": "Your data"}, by=None)
    new = address(client, "/privacy/")
    response = client.get(old)
    assert (response.status_code, response.headers["Location"]) == (302, new)
    assert old != new


@pytest.mark.parametrize(
    "path",
    [
        "/card/no-such-page.0123456789abcdef.png",
        "/card/faq/does-it-hurt.0123456789abcdef.png",
        "/card/../secret_key.0123456789abcdef.png",
    ],
)
def test_nothing_is_drawn_for_what_is_no_page(client: Client, tmp_path: Path, path: str) -> None:
    assert client.get(path).status_code == 404
    assert list(tmp_path.iterdir()) == []


def test_a_withdrawn_page_has_no_card(client: Client) -> None:
    was = address(client, "/privacy/")
    withdraw(page=Page.objects.get(path="privacy"), by=None)
    assert client.get(was).status_code == 404


def test_while_one_card_is_drawn_others_are_put_off(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "PATIENCE", 0)
    with cards._drawing:
        assert client.get(address(client, "/safety/")).status_code == 503


def test_the_worker_draws_them_before_anybody_asks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "draw", lambda card: card.title.encode())
    assert cards.keep_cards() == len(PUBLIC) + 1
    assert cards.keep_cards() == 0
    assert client.get(address(client, "/safety/")).content


def test_no_more_are_kept_than_the_disk_should_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "draw", lambda card: b"card")
    monkeypatch.setattr(cards, "MOST_KEPT", 3)
    cards.keep_cards()
    assert len(list(cards.folder().iterdir())) == 3
