"""A browser with one page open, the size of a phone, whichever engine it is."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

WIDTH, HEIGHT = 390, 844
PATIENCE = 30.0  # seconds for a browser to start, and for one command
# No faults: the console's own line about a status that is asked for on purpose, and WebKit's word on the blending of
# two pages (a matter of styles alone) that comes to nothing, as when somebody goes back at once.
NO_FAULTS = ("404", "422", "Skipping view transition")
THERE = "return document.readyState === 'complete' && location.href.split('#')[0] === arguments[0]"
Say = Callable[..., Any]
Faults = Callable[[], list[str]]


class Refused(Exception):
    """The browser says that a command cannot be done."""


class Engine:
    """`say` gives it a command by its name in COMMANDS of webdriver.py; `faults` tells once what its console has said.

    `on_arrival` runs in each page that is opened.
    """

    def __init__(
        self, name: str, say: Say, faults: Faults, close: Callable[[], None], on_arrival: str = ""
    ) -> None:
        self.name, self.say, self.close = name, say, close
        self._faults, self._on_arrival = faults, on_arrival

    def go(self, url: str) -> None:
        """Open an address and wait until all of it is there: WebKit's driver says so too soon at times."""
        self.say("go", url=url)
        self.until(THERE, url.partition("#")[0])
        self.run(self._on_arrival)

    def run(self, script: str, *given: object) -> Any:
        """What the body of a function gives in the page."""
        return self.say("run", script=script, args=list(given))

    def find(self, css: str) -> str:
        """The first element; Refused when there is none."""
        found = self.say("find", using="css selector", value=css)
        return str(next(iter(found.values())))

    def click(self, css: str) -> None:
        """Bring it into view and press it."""
        self.say("click", id=self.find(css))

    def type(self, css: str, text: str) -> None:
        """Type into a field."""
        self.say("type", id=self.find(css), text=text)

    def until(self, script: str, *given: object) -> Any:
        """Wait until the function's body gives something true."""
        return self.wait_for(lambda: self.run(script, *given), script)

    def wait_for(self, ask: Callable[[], Any], what: str) -> Any:
        """Ask until the answer is something true."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(Refused):  # between two pages there may be none to ask
                if found := ask():
                    return found
            time.sleep(0.05)
        raise AssertionError(f"this never came true in {self.name}: {what}")

    def new_faults(self) -> list[str]:
        """What its console has called an error since this was last asked."""
        told = self._faults()
        return [line for line in told if not any(words in line for words in NO_FAULTS)]
