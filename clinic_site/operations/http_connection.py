"""One connection over http or https, closed at its end, to ask a server what a browser would."""

from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit


def connected(url: str, *, patience: float) -> "closing[HTTPConnection]":
    """To the server of this address, `patience` seconds for each step. Certificates are looked at as a browser does.

    Asking raises OSError and HTTPException; ssl.SSLError for a certificate that is not right.
    """
    site = urlsplit(url)
    made = HTTPSConnection if site.scheme == "https" else HTTPConnection
    return closing(made(site.netloc, timeout=patience))
