"""A real Chromium for tests: fixtures that fail on a console error or on a request that leaves the site."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same engine without windows and what hangs on them, as Playwright's own downloads are: half the work per page.
WINDOWLESS = "chromium-headless-shell"
# Chromium's own search boxes load two pages of theirs into each new window, beside the page that is looked at: a third
# of a window's work. The last list of features is the one that counts, so those that Playwright leaves out stand again.
WITHOUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    f"--disable-features={','.join(WITHOUT)}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ON_THE_SITE = ("localhost", "127.0.0.1", "::1")
OpenPage = Callable[..., Page]


def chromium(*first: str) -> str | None:
    """The path of the browser: what CHROMIUM names, else the system's own; None when there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, (*first, *NAMES, WINDOWLESS))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    path = chromium(WINDOWLESS)
    if path is None:
        pytest.fail("No Chromium found: run make browser, or set CHROMIUM to the path of one.")
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        started.close()


class Watch:
    """What went wrong in a context: console errors, errors of scripts, requests to other hosts."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.expected: list[str] = []

    def expect(self, words: str) -> None:
        """Let faults that contain these words pass, such as the console's line about a 404 asked for on purpose."""
        self.expected.append(words)

    def attach(self, context: BrowserContext) -> None:
        """Listen to everything in this context."""
        context.on("request", self._request)
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def unexpected(self) -> list[str]:
        """The faults that no test said to expect."""
        return [f for f in self.faults if not any(words in f for words in self.expected)]

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname not in ON_THE_SITE:
            self.faults.append(f"request off the site: {request.url}")

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.faults.append(f"console {kind}: {text}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Collects faults of every page that `open_page` made; fails the test at its end if there are any."""
    watching = Watch()
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[OpenPage]:
    """A maker of fresh pages, each in a context of its own.

    open_page(width=390, height=844, dark=False, **context options such as java_script_enabled or forced_colors)
    """
    contexts: list[BrowserContext] = []

    def make(*, width: int = 390, height: int = 844, dark: bool = False, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="en-CA",
            reduced_motion="reduce",
            has_touch=width < 800,
            **{"timezone_id": "America/Vancouver"} | options,
        )
        contexts.append(context)
        watch.attach(context)
        context.set_default_timeout(10_000)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page on a phone (390 x 844, light)."""
    return open_page()
