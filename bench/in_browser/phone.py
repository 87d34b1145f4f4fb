"""A slow phone on a slow line: a fresh context of throttled Chromium, and what it saw of a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, CDPSession, Error, Page, ViewportSize

RTT_MS, BITS_PER_SECOND, CPU_SLOWER = 400, 400_000, 4
PHONE: ViewportSize = {"width": 390, "height": 844}
WATCH = """
window.seen = {fcp: 0, lcp: 0, cls: 0};
new PerformanceObserver(l => l.getEntries().forEach(e => {
  if (e.name === 'first-contentful-paint') seen.fcp = e.startTime })).observe({type: 'paint', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { seen.lcp = e.startTime }))
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { seen.cls += e.value }))
  .observe({type: 'layout-shift', buffered: true});
"""
# One evaluation, as the policy of the pages forbids what Playwright does to look again and again.
PAINTED = """() => new Promise((done, fail) => {
  const look = () => window.seen && seen.fcp > 0 && seen.lcp > 0 ? done() : setTimeout(look, 10);
  setTimeout(() => fail(new Error('nothing is painted within 30 s')), 30000);
  look();
})"""
Seen = dict[str, float]


@contextmanager
def slow_phone(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A page of a context of its own with the line and processor of a slow phone; RuntimeError for what goes wrong."""
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        line = {"downloadThroughput": BITS_PER_SECOND / 8, "uploadThroughput": BITS_PER_SECOND / 8}
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions", {"offline": False, "latency": RTT_MS, **line}
        )
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
        page.add_init_script(WATCH)
        yield page, session
    except Error as error:
        raise RuntimeError(error.message) from error
    finally:
        context.close()


def first_view(browser: Browser, url: str) -> Seen:
    """One first view: times in ms, layout shift, bytes with the head."""
    with slow_phone(browser) as (page, session):
        wire: list[float] = []
        session.on("Network.loadingFinished", lambda told: wire.append(told["encodedDataLength"]))
        page.goto(url, wait_until="load")
        page.evaluate(PAINTED)
        seen: Seen = page.evaluate("seen")
        return seen | {"wire": wire[0]}
