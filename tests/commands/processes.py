"""Processes as the kernel lists them (Linux)."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60  # seconds
LOOK = 0.02  # seconds between looks


def children(pid: int) -> list[int]:
    """The processes that this one started and that live."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [int(child) for child in found]


def descendants(pid: int) -> list[int]:
    """Children, their children and so on."""
    return [one for child in children(pid) for one in (child, *descendants(child))]


def is_alive(pid: int) -> bool:
    """Whether it runs; one that has ended and that nobody has asked about counts as gone."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def eventually(fact: Callable[[], bool]) -> bool:
    """Ask until it is so; False when it is not within PATIENCE."""
    look, deadline = threading.Event(), time.monotonic() + PATIENCE
    while not fact():
        if time.monotonic() > deadline:
            return False
        look.wait(LOOK)
    return True
