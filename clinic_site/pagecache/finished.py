"""A finished page: its bytes in each coding with their headers, ready to be sent as they are."""

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import brotli

Headers = list[tuple[str, str]]
OURS = frozenset({"content-length", "content-encoding", "etag", "vary", "cache-control", "date"})


DESCRIBED = frozenset(
    {"content-length", "content-type", "content-encoding"}
)  # a body that is there


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, ready: for WSGI as status and headers, for a socket as the bytes of both."""

    status: str
    headers: Headers
    head: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Variant:
    """The page in one coding: the three answers to who asks for it, for its head, or has it."""

    etag: str
    whole: Reply
    without_body: Reply
    unchanged: Reply


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A 200 answer in all its codings, by name: br, gzip, identity."""

    variants: Mapping[str, Variant]

    @property
    def size(self) -> int:
        """Bytes that it holds in memory."""
        return sum(
            len(one.whole.body) + len(one.whole.head) + len(one.unchanged.head)
            for one in self.variants.values()
        )


@lru_cache(maxsize=512)
def codings(body: bytes) -> Mapping[str, bytes]:
    """The body in every coding. Remembered: most pages stay as they are when one changes."""
    return {
        "br": brotli.compress(body, quality=11),
        "gzip": gzip.compress(body, compresslevel=9, mtime=0),
        "identity": body,
    }


def finish(body: bytes, headers: Iterable[tuple[str, str]]) -> FinishedPage:
    """The page from the body and headers of an uncoded 200 answer."""
    kept = [(name, value) for name, value in headers if name.lower() not in OURS]
    tag = hashlib.sha256(body).hexdigest()[:20]
    return FinishedPage(
        {coding: _variant(coding, coded, tag, kept) for coding, coded in codings(body).items()}
    )


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
    whole = Reply("200 OK", headers, _head("200 OK", headers), body)
    few = [pair for pair in headers if pair[0].lower() not in DESCRIBED]
    unchanged = Reply("304 Not Modified", few, _head("304 Not Modified", few), b"")
    return Variant(etag, whole, replace(whole, body=b""), unchanged)


def _head(status: str, headers: Headers) -> bytes:
    """The lines of the head, without the empty one at its end."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {status}\r\n{lines}".encode("latin-1")
