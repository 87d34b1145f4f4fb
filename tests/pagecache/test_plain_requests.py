"""Which requests are plain enough to be answered without the web server's own parser."""

import pytest

from clinic_site.pagecache.plain_requests import plain_request

PLAIN = "GET /safety/ HTTP/1.1\r\nHost: localhost:8000\r\nAccept-Encoding: br\r\n\r\n"


def test_a_plain_request_is_read() -> None:
    found = plain_request(PLAIN.encode())
    assert found is not None
    assert (found["REQUEST_METHOD"], found["PATH_INFO"]) == ("GET", "/safety/")
    assert (found["HTTP_HOST"], found["HTTP_ACCEPT_ENCODING"]) == ("localhost:8000", "br")


@pytest.mark.parametrize(
    "line",
    [
        "Content-Length: 3",
        "Transfer-Encoding: chunked",
        "Expect: 100-continue",
        "Upgrade: h2c",
        "Connection: close",
        "X-Forwarded-Proto: https",
        "Host: evil.example",
        "Under_score: 1",
        "Space : 1",
        " folded: 1",
        "Bell: \a",
        "Bare: \n 1",
        "Letter: é",
        "no colon",
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_web_server(line: str) -> None:
    told = PLAIN.replace("\r\nAccept", f"\r\n{line}\r\nAccept")
    assert plain_request(told.encode()) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("GET", "POST"),
        ("GET", "get"),
        ("/safety/", "http://localhost:8000/safety/"),
        ("/safety/", "/safety/?a=1"),
        ("/safety/", "/%73afety/"),
        ("/safety/", "*"),
        ("HTTP/1.1", "HTTP/1.0"),
        ("HTTP/1.1", "HTTP/2.0"),
        ("\r\n\r\n", "\r\n"),
        ("\r\n\r\n", "\r\n\r\nGET / HTTP/1.1\r\n"),
        ("\r\n\r\n", f"\r\n\r\n{PLAIN}"),
        ("Host: localhost:8000\r\nAccept-Encoding: br\r\n", ""),
        ("\r\n", "\n"),
    ],
)
def test_another_shape_of_request_is_left_to_the_web_server(old: str, new: str) -> None:
    assert plain_request(PLAIN.replace(old, new).encode()) is None
