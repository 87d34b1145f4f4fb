"""What is made anew for each visit is sent small; what is for one person alone is sent as it is (BREACH)."""

import gzip

import pytest
from django.test import Client

from tests.enquiries.conftest import Send, send

__all__ = ["send"]
TAKES_GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, br"}
FIRST_VIEW = 14_000  # bytes, in one request


@pytest.mark.parametrize("path", ["/book/", "/search/?q=knee", "/search/", "/no-such-page/"])
def test_a_page_made_anew_fits_the_first_view(client: Client, published: None, path: str) -> None:
    response = client.get(path, **TAKES_GZIP)
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) <= FIRST_VIEW
    assert b"</html>" in gzip.decompress(response.content)


def test_who_takes_no_coding_gets_none(client: Client, published: None) -> None:
    response = client.get("/book/")
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" in response.headers["Vary"]


def test_the_length_says_nothing_exact(client: Client, published: None) -> None:
    lengths = {len(client.get("/no-such-page/", **TAKES_GZIP).content) for _ in range(20)}
    assert len(lengths) > 1


def test_a_form_that_comes_back_is_small_too(client: Client, published: None) -> None:
    response = client.post("/book/", {"name": "Alex"}, **TAKES_GZIP)
    assert response.headers["Content-Encoding"] == "gzip"


def test_a_confirmation_is_not_compressed(send: Send, client: Client) -> None:
    confirmation = client.get(send().headers["Location"], **TAKES_GZIP)
    assert confirmation.status_code == 200
    assert "Content-Encoding" not in confirmation.headers


def test_nothing_of_the_admin_is_compressed(admin_client: Client) -> None:
    response = admin_client.get("/admin/enquiries/enquiry/", follow=True, **TAKES_GZIP)
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
