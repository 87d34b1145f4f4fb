"""Notices that the machine's clock was set while the site runs, and lets nothing wait for a time that moved away."""

import json
import logging
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clinic_site.outbox.claiming import bring_forward
from clinic_site.outbox.models import OutboundEmail

JUMP = 30.0  # seconds; the network sets a clock in smaller steps
TOLD_FOR = 3600.0  # seconds
# Goes on while the machine sleeps, where the system has such a clock.
STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
logger = logging.getLogger(__name__)


def steady() -> float:
    """Seconds by a clock that nobody can set."""
    return time.clock_gettime(STEADY)


class ClockWatch:
    """One per worker: compares the clock with a steady one at each look."""

    def __init__(self) -> None:
        self._offset: float | None = None

    def look(self) -> float:
        """How far the clock has jumped since the last look, 0.0 for not at all; mail that waits is set right."""
        before, self._offset = self._offset, time.time() - steady()
        jumped = 0.0 if before is None else self._offset - before
        if abs(jumped) >= JUMP:
            logger.error("The clock of this machine was set by %.0f seconds", jumped)
            _path().write_text(json.dumps({"by": jumped, "at": time.time()}), encoding="utf-8")
        if jumped <= -JUMP or (before is None and _was_ahead()):
            bring_forward(now=timezone.now())
        return jumped if abs(jumped) >= JUMP else 0.0


def recent_jump() -> float | None:
    """By how many seconds the clock was set within the last hour; None for not at all."""
    try:
        said = json.loads(_path().read_text(encoding="utf-8"))
        by, at = float(said["by"]), float(said["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return by if 0 <= time.time() - at < TOLD_FOR else None


def _was_ahead() -> bool:
    """Whether mail waits that was queued by a clock that was ahead."""
    now = timezone.now()
    return OutboundEmail.objects.waiting().filter(created_at__gt=now).exists()


def _path() -> Path:
    return Path(settings.DATA_DIR) / "clock.json"
