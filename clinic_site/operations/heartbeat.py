"""The worker's sign of life: a small file in DATA_DIR, so that writing it never waits for the database."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings

SEVERAL = 3  # runs in a row that failed: no longer chance
FRESH = 30  # seconds; the worker writes every five


@dataclass
class Runs:
    """How a job is doing. Times are seconds since 1970; `began_at` is None between runs."""

    began_at: float | None = None
    ended_at: float | None = None
    failures_in_a_row: int = 0


@dataclass(frozen=True)
class Beat:
    """When the worker last wrote, which process it is, and its jobs by name."""

    at: float
    pid: int
    jobs: Mapping[str, Runs] = field(default_factory=dict)

    def is_fresh(self, now: float | None = None) -> bool:
        """Whether it was written within the last 30 seconds."""
        return abs((time.time() if now is None else now) - self.at) < FRESH

    def failing(self, times: int = 1) -> list[str]:
        """The jobs whose last runs failed, so many in a row."""
        return [name for name, runs in self.jobs.items() if runs.failures_in_a_row >= times]


def path() -> Path:
    """Where the file is."""
    return Path(settings.DATA_DIR) / "worker.json"


def write(jobs: Mapping[str, Runs]) -> None:
    """Say that the worker lives, in one step: a reader sees the old file or the new one. Raises OSError."""
    beat = Beat(time.time(), os.getpid(), jobs)
    trial = path().with_name(f".worker.json.{os.getpid()}")
    trial.write_text(json.dumps(asdict(beat)), encoding="utf-8")
    trial.replace(path())


def read() -> Beat | None:
    """The last sign of life; None when there is none that can be read."""
    try:
        said = json.loads(path().read_text(encoding="utf-8"))
        jobs = {name: Runs(**runs) for name, runs in said["jobs"].items()}
        return Beat(float(said["at"]), int(said["pid"]), jobs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
