"""The machine that is measured on: its name, its load, its tools, its cores."""

import os
import platform
import shutil
import sqlite3
import sys
import time
from pathlib import Path

from bench.figures import Missing
from tests.faults.processes import children

SERVER_CORE, CALLER_CORE = "0", "1"
PACKAGES = {"taskset": "util-linux"}  # where the package has another name than its tool
QUIET = 1.0  # a load average below it


def need(*tools: str) -> None:
    """Raises Missing with the line that installs the first tool that is not here."""
    for tool in tools:
        if shutil.which(tool) is None:
            package = PACKAGES.get(tool, tool)
            raise Missing(f"{tool} is not on this machine. Install it: sudo apt install {package}")


def pinned(core: str, *command: str) -> tuple[str, ...]:
    """The command held to one core."""
    need("taskset")
    return ("taskset", "-c", core, *command)


def load() -> str:
    """The load averages of 1, 5 and 15 minutes."""
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def quietness() -> str:
    """Whether others use the processors at this moment, as a sentence; the load of the last minute tells."""
    if os.getloadavg()[0] < QUIET:
        return "The machine was quiet when it began."
    return (
        "**Others used the machine when it began**, so ratios of what was measured in turns mean something, if less"
        " than on a quiet one; times by the clock mean nothing."
    )


def described() -> str:
    """Processor, cores, memory, system and Python in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()}"
        f" {platform.release()}; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or sys.platform
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def cpu_seconds(pid: int) -> float:
    """What a process and those below it have had of the processors (Linux)."""
    return sum(time.clock_gettime(~one << 3 | 2) for one in family(pid))  # clock_getcpuclockid(3)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def pss_megabytes(pid: int) -> float:
    """The memory of a process in MB, what it shares counted by its share (Linux)."""
    words = Path(f"/proc/{pid}/smaps_rollup").read_text().split()
    return int(words[words.index("Pss:") + 1]) / 1024
