"""How many taps something takes on a phone: each tap counts, and typing counts where it needs a tap first."""

import time
from types import TracebackType

from playwright.sync_api import Locator

TOLD = "Walked: "  # such a line stands in the summary of the run (tests/conftest.py)


class Taps:
    """`with Taps("Answer an enquiry", most=3) as taps:` — more taps than that fail; the seconds are told."""

    def __init__(self, task: str, *, most: int) -> None:
        self.task, self.most, self.count = task, most, 0
        self._began = time.monotonic()

    def __enter__(self) -> "Taps":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        seconds = time.monotonic() - self._began
        print(f"{TOLD}{self.task}: {self.count} taps of {self.most}, {seconds:.1f} s")
        if error is None:
            assert self.count <= self.most, f"{self.task} takes {self.count} taps"

    def tap(self, target: Locator) -> Locator:
        """One tap on what a finger finds, which is given back."""
        target.tap()
        self.count += 1
        return target

    def type(self, field: Locator, words: str) -> None:
        """Type over what a field says; a field where the cursor is not has to be tapped first."""
        if not field.evaluate("field => field === document.activeElement"):
            self.tap(field)
        field.fill(words)
