"""Reports and faults as lines on a terminal."""

from collections.abc import Callable

from clinic_site.content_sync.report import ContentFaults, Report, Status

Write = Callable[[str], object]


def tell(report: Report, folder: str, write: Write, *, verbosity: int) -> None:
    """A line for each file that something became of (verbosity 2: for all), then the summary."""
    if not verbosity:
        return
    for line in report.lines:
        if verbosity > 1 or line.status is not Status.UNCHANGED:
            words = f": {line.words}" if line.words else ""
            write(f"{line.status:<13}{folder}/{line.path}{words}")
    write(report.summary)


def tell_faults(faulty: ContentFaults, folder: str, write: Write) -> str:
    """A line for each fault, `content/x.md:12: …`; returns the sentence that sums them up."""
    for fault in faulty.faults:
        write(f"{folder}/{fault.path}:{fault.line}: {fault.message}")
    return f"{counted(len(faulty.faults), 'fault')}; nothing was changed."


def counted(number: int, thing: str) -> str:
    """ "1 fault", "2 faults"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
