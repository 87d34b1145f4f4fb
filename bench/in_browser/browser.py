"""First views on a slow phone: throttled Chromium, each kind of page beside a plain page of its weight and headers.

docs/decisions/0018 says why beside that.
"""

import gzip
import http.client
import secrets
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
from playwright.sync_api import Browser, sync_playwright

from bench.figures import Missing, Part, short
from bench.in_browser import next_page
from bench.in_browser.phone import BITS_PER_SECOND, CPU_SLOWER, RTT_MS, first_view
from bench.running import CODINGS, let_settle, prepared_site, running
from bench.start import COMMAND
from tests.browsing import FLAGS, chromium

PATHS = (
    *("/", "/first-session/", "/is-this-normal/", "/faq/", "/glossary/"),
    *("/book/", "/search/?q=knee", "/no-such-page/"),
)
ROUNDS, FIRST, LARGEST = 5, 1.2, 1.25
COMPRESS = {"br": partial(brotli.compress, quality=11), "gzip": gzip.compress}
LIGHT, HEAVY = 14, 20  # kB, compressed
MAY_BE_HEAVY = ("/faq/", "/glossary/")


def measure() -> Part:
    """Median first and largest paint of each page and of its plain one, in turns; then the next page."""
    path = chromium()
    if path is None:
        raise Missing("No Chromium is on this machine. Install it: sudo apt install chromium")
    part = Part("First view on a slow phone")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        site = prepared_site(folder)
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, "--no-sandbox"])
        with running(
            COMMAND, port=site.port, path="/", folder=folder, variables=site.environment
        ) as process:
            let_settle(process.pid)
            for address in PATHS:
                _page(part, browser, site.port, address)
            next_page.measure(part, browser, f"http://localhost:{site.port}")
        browser.close()
    part.heads = ("page", "bytes", "with head", "FCP ms", "LCP ms", "CLS", "plain FCP", "plain LCP")
    part.notes.append(
        f"{RTT_MS} ms round trip, {BITS_PER_SECOND // 1000} kbit/s, processor {CPU_SLOWER} x slower, 390 x 844,"
        f" cold cache, {ROUNDS} rounds in turns, medians. The plain page has no styles, the same headers and the same"
        " weight on the wire; its words begin with its first bytes, so it paints before it is all there."
    )
    return part


def _page(part: Part, browser: Browser, port: int, path: str) -> None:
    headers, body = _answer(port, path)
    ours, plain = [], []
    with _plain_page(headers, len(body)) as plain_port:
        for _ in range(ROUNDS):
            ours.append(first_view(browser, f"http://localhost:{port}{path}"))
            plain.append(first_view(browser, f"http://localhost:{plain_port}/"))
    keys = ("fcp", "lcp", "cls", "wire")
    fcp, lcp, cls, wire = (statistics.median(one[key] for one in ours) for key in keys)
    bare, largest = (statistics.median(one[key] for one in plain) for key in ("fcp", "lcp"))
    told = (f"{len(body):,}", f"{wire:,.0f}", f"{fcp:.0f}", f"{lcp:.0f}", short(cls))
    part.rows.append((f"`{path}`", *told, f"{bare:.0f}", f"{largest:.0f}"))
    beside = "a plain page of the same weight and headers"
    part.at_most(f"`{path}` first paint", fcp / bare, FIRST, " x", beside=beside)
    part.at_most(f"`{path}` largest paint", lcp / largest, LARGEST, " x", beside=beside)
    part.at_most(f"`{path}` layout shift", cls, 0, "", beside="a count")
    weight = HEAVY if path in MAY_BE_HEAVY else LIGHT
    part.at_most(f"`{path}` weight with brotli", len(body) / 1000, weight, " kB", beside="a size")


def _answer(port: int, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body as a browser gets them."""
    with closing(http.client.HTTPConnection("localhost", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": CODINGS})
        response = connection.getresponse()
        return response.getheaders(), response.read()


@contextmanager
def _plain_page(headers: list[tuple[str, str]], size: int) -> Iterator[int]:
    """A server of a bare page with these headers and that many bytes on the wire, sent in one piece; its port."""
    coding = {name.lower(): value for name, value in headers}.get("content-encoding", "")
    body = _bare_body(size, coding)
    own = [line for line in headers if line[0].lower() != "content-length"]
    lines = [f"{name}: {value}" for name, value in (*own, ("Content-Length", str(len(body))))]
    page = "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode() + body

    class Plain(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(page if self.path == "/" else b"HTTP/1.1 204 No Content\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Plain)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _bare_body(size: int, coding: str) -> bytes:
    """As many bytes as wished, in the coding in which the page comes, or in none."""
    if coding not in COMPRESS:
        return _bare(size)[:size]
    compress = COMPRESS[coding]
    return compress(_bare(size * size // len(compress(_bare(size)))))


def _bare(size: int) -> bytes:
    """Paragraphs of random digits: brotli leaves about that many bytes."""
    words = secrets.token_hex(size - 100)
    lines = (words[at : at + 400] for at in range(0, len(words), 400))
    text = "".join(f"<p>{' '.join(line[n : n + 8] for n in range(0, 400, 8))}" for line in lines)
    return f'<!doctype html><meta name="viewport" content="width=device-width"><title>f</title>{text}'.encode()
