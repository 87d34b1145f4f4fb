"""All looks together, at most once in some seconds per process, however often anybody asks."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from clinic_site.operations.health import probes
from clinic_site.operations.health.fault import Fault, database_fault

KEPT = 5.0  # seconds that an answer is good for
PATIENCE = 15.0  # seconds to wait for whoever is looking
# What is told while the database can be asked
IN_DATABASE = (probes.mail_fault, probes.backup_fault, probes.clock_fault, probes.pages_fault)
logger = logging.getLogger(__name__)


def faults() -> list[Fault]:
    """Everything that is wrong now, the worst first. What depends on another fault is left out."""
    found = [fault for look in (probes.data_fault,) if (fault := look())]
    found += [*probes.disk_faults(), *probes.worker_faults()]
    if any(fault.name == "data" for fault in found):
        return found  # no database is asked for that would be made anew
    if fault := probes.database_write_fault():
        return [fault, *found]
    return [*found, *_from_database()]


def _from_database() -> Iterator[Fault]:
    look: Callable[[], Fault | None]
    for look in IN_DATABASE:
        try:
            if fault := look():
                yield fault
        except probes.DATABASE_ERRORS as error:
            yield database_fault(error)
            return


@dataclass
class _Known:
    at: float = float("-inf")
    faults: tuple[Fault, ...] = ()


class Readiness:
    """The faults as this process knows them: one looks, the others wait for what it finds."""

    def __init__(self, look: Callable[[], list[Fault]] = faults) -> None:
        self._look = look
        self._known = _Known()
        self._turn = threading.Lock()

    def now(self) -> tuple[Fault, ...]:
        """The faults of the last few seconds."""
        if not self._turn.acquire(timeout=PATIENCE):
            return (
                Fault("readiness", "The looks take too long.", "Look at the log and the load."),
            )
        try:
            if time.monotonic() - self._known.at >= KEPT:
                self._known = _Known(time.monotonic(), tuple(self._look()))
            return self._known.faults
        finally:
            self._turn.release()


READINESS = Readiness()
