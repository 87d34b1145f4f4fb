"""What a sync or export did, file by file, and how a terminal tells it to the person who ran it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.conf import settings

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


Write = Callable[[str], object]
LONGEST = 400  # characters of a line: a value may be as long as a file
MOST_NAMES = 10
SHOWN_ALWAYS = (Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.KEPT, Status.CONFLICT)


@dataclass(frozen=True)
class FileOutcome:
    """One file and what became of it; `words` say more."""

    status: Status
    path: str
    words: str = ""


@dataclass
class Report:
    """All lines of a run, the conflicts that wait, what is at fault and was held back, and claims, which go in."""

    lines: list[FileOutcome] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    claims: list[Fault] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    def add(self, status: Status, path: str, words: str = "") -> None:
        self.lines.append(FileOutcome(status, path, words))

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


def tell_sync(report: Report, write: Write, write_fault: Write, *, verbosity: int = 1) -> str:
    """Each fault and claim, then the report; what is left to do in a sentence or two, "" where all went in.

    A claim alone leaves nothing to do at once: the words stand, and staff are told on their first page.
    """
    folder = Path(settings.CONTENT_DIR).name
    faults = tell_faults(report.faults, folder, write_fault)
    tell_faults(report.claims, folder, write_fault)
    tell(report, folder, write, verbosity=verbosity)
    left = []
    if report.faults:
        left.append(f"{faults}; what is at fault is held back, all else is taken in.")
    if report.conflicts:
        left.append(f"{counted(len(report.conflicts), 'conflict')} to be settled by an editor.")
    return " ".join(left)


def tell(report: Report, folder: str, write: Write, *, verbosity: int) -> None:
    """A line for each file that something became of (verbosity 2: for all), then the summary."""
    if not verbosity:
        return
    for line in report.lines:
        if verbosity > 1 or line.status is not Status.UNCHANGED:
            words = f": {line.words}" if line.words else ""
            write(one_line(f"{line.status:<13}{folder}/{line.path}{words}"))
    if report.passed_over:
        write(one_line(f"passed over, no content files: {_few(report.passed_over)}"))
    write(report.summary)


def tell_faults(faults: Iterable[Fault], folder: str, write: Write) -> str:
    """A line for each fault, `content/x.md:12: …`; returns how many there are in words."""
    each = sorted(set(faults))
    for fault in each:
        write(one_line(f"{folder}/{fault.path}:{fault.line}: {fault.message}"))
    return counted(len(each), "fault")


def one_line(text: str) -> str:
    """The text so that it stands on one line of any terminal: names and values may hold anything."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def counted(number: int, thing: str) -> str:
    """ "1 fault", "2 faults"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _few(names: list[str]) -> str:
    rest = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")
