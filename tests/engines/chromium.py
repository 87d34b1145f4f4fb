"""Chromium, through Playwright as in all other tests, by the same commands as the others."""

import base64
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.engines.engine import HEIGHT, PATIENCE, WIDTH, Engine, Refused


def chromium(browser: Browser) -> Engine:
    """A window of its own in the Chromium that the other tests use."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-CA")
    context.set_default_timeout(PATIENCE * 1000)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page = context.new_page()
    commands = _commands(page)

    def say(name: str, **given: Any) -> Any:
        try:
            return commands[name](**given)
        except Error as error:
            raise Refused(error.message) from None

    def new_faults() -> list[str]:
        told = faults[:]
        faults.clear()
        return told

    return Engine("chromium", say, new_faults, context.close)


def _commands(page: Page) -> dict[str, Callable[..., Any]]:
    def run(script: str, args: list[object]) -> Any:
        return page.evaluate(f"given => (function () {{ {script} }})(...given)", args)

    return {
        "go": lambda url: page.goto(url),
        "back": page.go_back,
        "reload": page.reload,
        "run": run,
        "find": lambda using, value: {using: value},
        "click": lambda id: page.locator(id).first.click(),
        "type": lambda id, text: page.locator(id).first.press_sequentially(text),
        "print": lambda: base64.b64encode(page.pdf()).decode(),
    }
