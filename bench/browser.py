"""First views on a slow phone: throttled Chromium, the site's pages against the wire and against a plain page.

docs/decisions/0018 says why against both.
"""

import http.client
import secrets
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Error, sync_playwright

from bench.figures import Missing, Part, short
from bench.running import CODINGS, let_settle, prepared_site, running
from bench.start import COMMAND
from tests.browsing import FLAGS, chromium

PATHS = ("/", "/first-session/", "/faq/")
RTT_MS, BITS_PER_SECOND, CPU_SLOWER, ROUNDS = 400, 400_000, 4, 5
PHONE = {"width": 390, "height": 844}
WATCH = """
window.seen = {fcp: 0, lcp: 0, cls: 0};
new PerformanceObserver(l => l.getEntries().forEach(e => {
  if (e.name === 'first-contentful-paint') seen.fcp = e.startTime })).observe({type: 'paint', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { seen.lcp = e.startTime }))
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { seen.cls += e.value }))
  .observe({type: 'layout-shift', buffered: true});
"""
SEEN = """() => ({...seen, before: performance.getEntriesByType('resource')
  .filter(e => e.startTime < seen.fcp && e.renderBlockingStatus === 'blocking').length})"""
Seen = dict[str, float]


def measure() -> Part:
    """Median first and largest paint of each page and of its floor, in turns."""
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
        browser.close()
    part.heads = ("page", "bytes", "with head", "FCP ms", "LCP ms", "CLS", "floor FCP ms")
    part.notes.append(
        f"{RTT_MS} ms round trip, {BITS_PER_SECOND // 1000} kbit/s, processor {CPU_SLOWER} x slower, 390 x 844,"
        f" cold cache, {ROUNDS} rounds in turns, medians. The floor is a page without styles under the same"
        " headers that weighs as much on the wire; its words begin with its first bytes, so it paints before it"
        " is all there."
    )
    return part


def _page(part: Part, browser: Browser, port: int, path: str) -> None:
    headers, body = _answer(port, path)
    ours, floor = [], []
    with _floor(headers, len(body)) as floor_port:
        for _ in range(ROUNDS):
            ours.append(_view(browser, f"http://localhost:{port}{path}"))
            floor.append(_view(browser, f"http://localhost:{floor_port}/"))
    keys = ("fcp", "lcp", "cls", "wire")
    fcp, lcp, cls, wire = (statistics.median(one[key] for one in ours) for key in keys)
    bare = statistics.median(one["fcp"] for one in floor)
    part.rows.append(
        (
            f"`{path}`",
            f"{len(body):,}",
            f"{wire:,.0f}",
            f"{fcp:.0f}",
            f"{lcp:.0f}",
            short(cls),
            f"{bare:.0f}",
        )
    )
    alone = RTT_MS + wire * 8 / BITS_PER_SECOND * 1000
    part.promise(
        f"`{path}` first paint over a round trip and its transfer",
        fcp - alone,
        50,
        " ms",
        most=True,
    )
    part.promise(f"`{path}` first paint over its floor", fcp - bare, 50, " ms", most=True)
    part.promise(f"`{path}` layout shift", cls, 0, "", most=True)
    part.promise(f"`{path}` weight with brotli", len(body) / 1000, 14, " kB", most=True)


def _answer(port: int, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body as a browser gets them."""
    with closing(http.client.HTTPConnection("localhost", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": CODINGS})
        response = connection.getresponse()
        return response.getheaders(), response.read()


def _view(browser: Browser, url: str) -> Seen:
    """One first view in a fresh context: times in ms, layout shift, blocking requests, bytes with the head."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        bytes_per_second = BITS_PER_SECOND / 8
        wire: list[float] = []
        session.on("Network.loadingFinished", lambda told: wire.append(told["encodedDataLength"]))
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": RTT_MS,
                "downloadThroughput": bytes_per_second,
                "uploadThroughput": bytes_per_second,
            },
        )
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
        page.add_init_script(WATCH)
        page.goto(url, wait_until="load")
        page.wait_for_function("seen.fcp > 0 && seen.lcp > 0")
        seen: Seen = page.evaluate(SEEN)
        return seen | {"wire": wire[0]}
    except Error as error:
        raise RuntimeError(f"{url}: {error.message}") from error
    finally:
        context.close()


@contextmanager
def _floor(headers: list[tuple[str, str]], size: int) -> Iterator[int]:
    """A server of a bare page with these headers and that many bytes after brotli, sent in one piece; its port."""
    heavier = len(brotli.compress(_bare(size), quality=11))
    body = brotli.compress(_bare(size * size // heavier), quality=11)
    own = [line for line in headers if line[0].lower() != "content-length"]
    lines = [f"{name}: {value}" for name, value in (*own, ("Content-Length", str(len(body))))]
    page = "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode() + body

    class Floor(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(page if self.path == "/" else b"HTTP/1.1 204 No Content\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Floor)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _bare(size: int) -> bytes:
    """Paragraphs of random digits: brotli leaves about that many bytes."""
    words = secrets.token_hex(size - 100)
    lines = (words[at : at + 400] for at in range(0, len(words), 400))
    text = "".join(f"<p>{' '.join(line[n : n + 8] for n in range(0, 400, 8))}" for line in lines)
    return f'<!doctype html><meta name="viewport" content="width=device-width"><title>f</title>{text}'.encode()
