"""What a run did, file by file, in words for the person who ran it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from clinic_site.content_sync.files.walk import Fault
from clinic_site.content_sync.models import Conflict


class Status(StrEnum):
    """What became of a file; the strongest word that fits."""

    ARRIVED = "arrived"
    CREATED = "created"
    MOVED = "moved"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept (staff)"
    CONFLICT = "conflict"
    GONE = "file gone"
    WITHDRAWN = "withdrawn"


SHOWN_ALWAYS = (Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.KEPT, Status.CONFLICT)


@dataclass(frozen=True)
class Line:
    """One file and what became of it; `words` say more."""

    status: Status
    path: str
    words: str = ""


@dataclass
class Report:
    """All lines of a run, the conflicts that wait, and what is at fault and was held back."""

    lines: list[Line] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    def add(self, status: Status, path: str, words: str = "") -> None:
        self.lines.append(Line(status, path, words))

    def count(self, status: Status) -> int:
        return sum(line.status == status for line in self.lines)

    @property
    def summary(self) -> str:
        """ "2 created, 1 updated, 40 unchanged, 0 kept (staff), 0 conflict"."""
        counts = Counter(line.status for line in self.lines)
        named = [one for one in Status if one in SHOWN_ALWAYS or counts[one]]
        return ", ".join(f"{counts[one]} {one}" for one in named)


class ContentFaults(Exception):
    """The files can't be written; `faults` says why, all of it. Nothing was changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__(f"{len(self.faults)} faults in content files")
