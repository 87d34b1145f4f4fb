"""Asking the site from outside, as a browser does: over https, through the web server in front."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

from clinic_site.operations.http_connection import connected

PATIENCE = 10.0  # seconds
TOO_LARGE_FOR_THE_FORM = (
    3 * 1024 * 1024
)  # bytes; more than the site takes there, less than a web server does
SENT = TOO_LARGE_FOR_THE_FORM // 2
BUFFERED_FOR = 3.0  # seconds without an answer to half a body
TROUBLE = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Answer:
    """Status, headers (a name in any case; several of a name joined by commas) and the size of the body."""

    status: int
    headers: http.client.HTTPMessage
    size: int


def get(url: str, **headers: str) -> Answer:
    """One GET; redirects are not followed. Raises OSError and HTTPException."""
    site = urlsplit(url)
    with connected(url, patience=PATIENCE) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", site.path or "/", headers=named)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, len(answer.read()))


def answers_half_a_body(url: str) -> bool:
    """Whether anything answers before a form is here whole. Raises OSError and HTTPException.

    The site itself refuses a form once it is longer than it takes, without waiting for its end. A web server that
    passes on what it has lets that answer through; one that reads bodies whole waits for the rest. So does Caddy in
    any case: it holds back an answer while the body is still coming, whether or not it passes the body on.
    """
    with connected(url, patience=BUFFERED_FOR) as connection:
        connection.putrequest("POST", "/book/")
        connection.putheader("Content-Type", "application/x-www-form-urlencoded")
        connection.putheader("Content-Length", str(TOO_LARGE_FOR_THE_FORM))
        connection.endheaders()
        try:
            connection.send(bytes(SENT))
            connection.getresponse()
        except TimeoutError:
            return False
        except (ConnectionError, http.client.RemoteDisconnected):
            return True  # refused before the end, and closed
        return True
