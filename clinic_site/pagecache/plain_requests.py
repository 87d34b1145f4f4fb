"""The head of a plain request, read strictly and at once.

Whatever is out of the ordinary (a body, a coding of the message, a proxy's word about the scheme, an unusual
character, a header said twice) is not plain and left to the web server's own parser.
"""

import re
from typing import Any

HEAD = re.compile(
    rb"(GET|HEAD) (/[A-Za-z0-9/_.~-]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]+:[\t\x20-\x7e]*\r\n)+)\r\n"
)
NOT_PLAIN = frozenset(
    "content-length transfer-encoding expect upgrade http2-settings trailer proxy-connection"
    " x-forwarded-proto x-forwarded-protocol x-forwarded-ssl forwarded".split()
)


def plain_request(head: bytes) -> dict[str, Any] | None:
    """The WSGI variables of exactly one plain request; None for anything else."""
    match = HEAD.fullmatch(head)
    if match is None:
        return None
    method, path, lines = (part.decode("ascii") for part in match.groups())
    fields = [line.partition(":") for line in lines[:-2].split("\r\n")]
    headers = {name.lower(): value.strip() for name, _, value in fields}
    if (
        len(headers) != len(fields)
        or not NOT_PLAIN.isdisjoint(headers)
        or headers.get("connection", "keep-alive").lower() != "keep-alive"
    ):
        return None
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return environ | {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "RAW_URI": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "wsgi.url_scheme": "http",
    }
