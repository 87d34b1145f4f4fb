"""Reports and faults as lines on a terminal."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings

from clinic_site.content_sync.files.walk import Fault
from clinic_site.content_sync.report import Report, Status

Write = Callable[[str], object]
LONGEST = 400  # characters of a line: a value may be as long as a file
MOST_NAMES = 10


def tell_sync(report: Report, write: Write, write_fault: Write, *, verbosity: int = 1) -> str:
    """Each fault, then the report; returns what is left to do in a sentence or two, "" where all went in."""
    folder = Path(settings.CONTENT_DIR).name
    told = tell_faults(report.faults, folder, write_fault)
    tell(report, folder, write, verbosity=verbosity)
    left = []
    if report.faults:
        left.append(f"{told}; what is at fault is held back, all else is taken in.")
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
    told = sorted(set(faults))
    for fault in told:
        write(one_line(f"{folder}/{fault.path}:{fault.line}: {fault.message}"))
    return counted(len(told), "fault")


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
