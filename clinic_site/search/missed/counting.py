"""Counts what was not found in the memory of this process, and hands it to the worker in a small file.

No request writes to the database. A count that is lost, with its process or on a full disk, is no loss.
"""

import json
import os
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clinic_site.search.missed.kept_words import missed_words
from clinic_site.search.query import Found

HAND_OVER_EVERY = 60.0  # seconds
MOST_WAITING = 500  # different words in memory
MOST_FILES = 200  # that wait for a worker


class Counts:
    """What this process has counted since it last handed over."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._handed_at = float("-inf")

    def add(self, words: str) -> None:
        """One more of these words; hands over where the last time is a minute ago."""
        with self._lock:
            if words in self._times or len(self._times) < MOST_WAITING:
                self._times[words] += 1
            if time.monotonic() - self._handed_at < HAND_OVER_EVERY:
                return
            self._handed_at = time.monotonic()
            told, self._times = self._times, Counter()
        with suppress(OSError):
            _write(told)


COUNTS = Counts()


def note(found: Found) -> None:
    """Count what a search did not find, as far as it may be kept."""
    if words := missed_words(found):
        COUNTS.add(words)


def folder() -> Path:
    """Where the files wait for the worker."""
    return Path(settings.DATA_DIR) / "missed-searches"


def _write(told: Counter[str]) -> None:
    folder().mkdir(exist_ok=True)
    if sum(1 for _ in folder().iterdir()) >= MOST_FILES:
        return
    name = f"{os.getpid()}-{time.time_ns()}.json"
    trial = folder() / f".{name}"
    said = {"day": timezone.localdate().isoformat(), "times": told}
    trial.write_text(json.dumps(said), encoding="utf-8")
    trial.replace(folder() / name)
