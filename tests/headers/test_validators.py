"""Who has an answer already is told so, by its tag alone, with GET and with HEAD."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
KEPT = (
    "/robots.txt /sitemap.xml /feed.atom /llms.txt /safety.md /manifest.webmanifest /favicon.ico "
    "/apple-touch-icon.png /safety/?from=mail"
).split()


@pytest.mark.parametrize("path", KEPT)
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_has_it_is_told_so(client: Client, path: str, method: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = getattr(client, method)(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert "Content-Length" not in again.headers


@pytest.mark.parametrize("path", KEPT)
def test_who_has_another_one_gets_it(client: Client, path: str) -> None:
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", KEPT)
def test_head_has_the_headers_of_get(client: Client, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.headers.items(), head.content) == (get.headers.items(), b"")


@pytest.mark.parametrize("path", (*KEPT, "/safety/"))
@pytest.mark.parametrize("header", ["If-Modified-Since", "If-Unmodified-Since"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_date_decides_nothing(client: Client, path: str, header: str, method: str) -> None:
    answer = getattr(client, method)(path, headers={header: "Fri, 31 Dec 2100 00:00:00 GMT"})
    assert (answer.status_code, "Last-Modified" in answer.headers) == (200, False)


@pytest.mark.parametrize("path", ["/admin/login/", "/no-such-page/", "/faq/cost/"])
def test_what_is_not_to_be_kept_has_no_tag(client: Client, path: str) -> None:
    assert "ETag" not in client.get(path).headers
