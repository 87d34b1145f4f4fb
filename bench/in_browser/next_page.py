"""The next page, gone to from a page that has been open for two seconds, beside the same page opened cold."""

import statistics
import time
from typing import Literal

from playwright.sync_api import Browser

from bench.figures import Figure, Part, short
from bench.in_browser.phone import PAINTED, first_view, slow_phone

FROM, ROUNDS, OPEN_FOR, LIMIT = "/first-session/", 5, 2.0, 0.25
LINK = "main a[href^='/']:not([href*='#']):visible, .breadcrumbs a:visible"
FETCHED_AHEAD = (
    "performance.getEntriesByType('navigation')[0].deliveryType === 'navigational-prefetch'"
)
Way = Literal["tapped", "pointed at and clicked"]
WAYS: tuple[Way, ...] = ("tapped", "pointed at and clicked")


def measure(part: Part, browser: Browser, base: str) -> None:
    """Adds a promise for each way to go on in which this browser fetches ahead; the others are told."""
    for way in WAYS:
        rounds = [_go(browser, base, way) for _ in range(ROUNDS)]
        target = rounds[0][0]
        cold = statistics.median(first_view(browser, base + target)["fcp"] for _ in range(ROUNDS))
        painted = statistics.median(took for _, took, _ in rounds)
        ahead = sum(is_ahead for _, _, is_ahead in rounds)
        what = f"next page (`{target}`), {way} after {OPEN_FOR:.0f} s: first paint"
        beside = "the same page opened cold"
        if ahead == ROUNDS:
            part.at_most(what, painted / cold, LIMIT, " x", beside=beside)
        else:
            told = f"{short(painted / cold)} x: fetched ahead {ahead} of {ROUNDS} times"
            part.figures.append(Figure(what, told, "", beside))
        part.notes.append(
            f"Next page, {way}: first paint {painted:.0f} ms after it, cold {cold:.0f} ms; fetched ahead"
            f" {ahead} of {ROUNDS} times."
        )


def _go(browser: Browser, base: str, way: Way) -> tuple[str, float, bool]:
    """Where it led, ms from going there to its first paint, whether it had been fetched ahead."""
    with slow_phone(browser) as (page, _):
        page.goto(base + FROM, wait_until="load")
        page.evaluate(PAINTED)
        link = page.locator(LINK).first
        link.scroll_into_view_if_needed()
        ends = time.monotonic() + OPEN_FOR
        if way == "pointed at and clicked":
            link.hover()
        page.wait_for_timeout(max(0, ends - time.monotonic()) * 1000)
        with page.expect_navigation(wait_until="load"):
            if way == "tapped":
                link.tap()
            else:
                link.click()
        page.evaluate(PAINTED)
        target = page.url.removeprefix(base)
        return target, page.evaluate("seen.fcp"), page.evaluate(FETCHED_AHEAD)
