"""What is wrong, for whoever looks after the machine; what a database said, put into words. Pure."""

import re
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Fault:
    """`name`: the same for every fault of a kind. `text` says what is wrong, `advice` what to do. Nothing typed."""

    name: str
    text: str
    advice: str

    def as_json(self) -> dict[str, str]:
        """The three as a dictionary."""
        return asdict(self)


LOCKED = re.compile(r"locked|lock timeout|could not obtain lock", re.IGNORECASE)
READ_ONLY = re.compile(r"readonly|read-only|recovery is in progress", re.IGNORECASE)
FULL = re.compile(r"disk is full|no space left|disk I/O error|quota", re.IGNORECASE)
BROKEN = re.compile(r"malformed|not a database|corrupt|no such table|does not exist", re.IGNORECASE)
KINDS = (
    (
        LOCKED,
        "is held by somebody else, so nothing can be written",
        "Wait a minute. If it lasts, find what has it open, such as a copy or a program of your own, and end that;"
        " nothing is lost and no backup is needed.",
    ),
    (
        READ_ONLY,
        "can only be read",
        "Give the site's user the right to write it, or the server its leading role back. No restart is needed.",
    ),
    (FULL, "has no room to write", "Make room on the disk. No restart is needed."),
    (
        BROKEN,
        "is damaged or empty",
        "Stop the site, then restore the newest backup: manage.py restore FILE.",
    ),
)


def database_fault(error: Exception) -> Fault:
    """What an error of the database means, and what to do; only a damaged one asks for a backup."""
    said = " ".join(str(error).split())[:200]
    for pattern, text, advice in KINDS:
        if pattern.search(said):
            return Fault("database", f"The database {text} ({said}).", advice)
    return Fault(
        "database",
        f"The database does not answer ({said}).",
        "See that its server runs and that DATABASE_URL names it. No restart is needed.",
    )
