"""A finished page: its bytes in each coding with their headers, ready to be sent as they are."""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import brotli

Headers = list[tuple[str, str]]
OURS = frozenset({"content-length", "content-encoding", "etag", "vary", "cache-control", "date"})


BROTLI_WINDOW = 18  # bits: 256 kB, more than any page, instead of 4 MB
DESCRIBED = frozenset(
    {"content-length", "content-type", "content-encoding"}
)  # a body that is there


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, ready: its status and headers as WSGI has them and as ASGI has them, and its body."""

    status: str
    headers: Headers
    code: int
    raw_headers: list[tuple[bytes, bytes]]
    body: bytes


@dataclass(frozen=True, slots=True)
class Variant:
    """The page in one coding: the three answers to who asks for it, for its head, or has it."""

    etag: str
    whole: Reply
    without_body: Reply
    unchanged: Reply


class FinishedPage:
    """A 200 answer in all its codings, each made when it is first asked for."""

    def __init__(self, body: bytes, headers: Headers) -> None:
        self._body = body
        self._headers = headers
        self._tag = hashlib.sha256(body).hexdigest()[:20]
        self._variants: dict[str, Variant] = {}

    def ready(self, coding: str) -> Variant | None:
        """The page in a coding, if it has been asked for before; takes no time."""
        return self._variants.get(coding)

    def variant(self, coding: str) -> Variant:
        """The page in a coding: br, gzip or identity."""
        made = self._variants.get(coding)
        if made is None:
            made = _variant(coding, coded(self._body, coding), self._tag, self._headers)
            self._variants[coding] = made
        return made

    @property
    def size(self) -> int:
        """Bytes that it may come to hold in memory: compressed, a page has less than half its length."""
        return 2 * len(self._body)


@lru_cache(maxsize=1_000)
def coded(body: bytes, coding: str) -> bytes:
    """The body in a coding. Remembered: most pages stay as they are when one changes."""
    if coding == "br":
        return bytes(brotli.compress(body, quality=11, lgwin=BROTLI_WINDOW))
    return gzip.compress(body, compresslevel=9, mtime=0) if coding == "gzip" else body


def finish(body: bytes, headers: Iterable[tuple[str, str]]) -> FinishedPage:
    """The page from the body and headers of an uncoded 200 answer."""
    return FinishedPage(body, [pair for pair in headers if pair[0].lower() not in OURS])


def _variant(coding: str, body: bytes, tag: str, kept: Headers) -> Variant:
    etag = f'"{tag}-{coding}"'
    coded = [] if coding == "identity" else [("Content-Encoding", coding)]
    headers = [
        *kept,
        *coded,
        ("Content-Length", str(len(body))),
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", "no-cache"),
    ]
    whole = _reply("200 OK", headers, body)
    few = [pair for pair in headers if pair[0].lower() not in DESCRIBED]
    unchanged = _reply("304 Not Modified", few, b"")
    return Variant(etag, whole, replace(whole, body=b""), unchanged)


def _reply(status: str, headers: Headers, body: bytes) -> Reply:
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return Reply(status, headers, int(status[:3]), raw, body)
