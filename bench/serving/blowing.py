"""wrk against one address: requests a second, waiting, and what the server spends on each."""

import re
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.machine import CALLER_CORE, cpu_seconds, pinned
from bench.running import CODINGS
from bench.serving.contenders import Contender

CONNECTIONS, SECONDS, ROUNDS = 16, 2, 3
WRK = ("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency")
ACCEPTS = ("-H", f"Accept-Encoding: {CODINGS}")
COMMAND = " ".join(pinned(CALLER_CORE, *WRK, ACCEPTS[0], f"'{ACCEPTS[1]}'", "URL"))
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_PERCENTILE = re.compile(r"(50|99)%\s+([\d.]+)(us|ms|s)")
_COUNT = re.compile(r"(\d+) requests in")
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Runs:
    """What a contender reached in each round."""

    rates: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)  # ms
    p99s: list[float] = field(default_factory=list)  # ms
    cpus: list[float] = field(
        default_factory=list
    )  # microseconds of the processor for each request

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def p50(self) -> float:
        """Of the best round: what others do on the machine only makes it longer."""
        return min(self.medians)

    @property
    def p99(self) -> float:
        """Of the best round."""
        return min(self.p99s)

    @property
    def cpu(self) -> float:
        return statistics.median(self.cpus)

    @property
    def capacity(self) -> float:
        """Requests a second of the processor: what a core of its own gives, whatever others do meanwhile."""
        return 1e6 / self.cpu


def in_turns(found: Sequence[Contender]) -> dict[str, Runs]:
    """All of them in turns, three rounds, each after a second of the same to warm up; by name."""
    runs = {one.name: Runs() for one in found}
    for one in list(found) * ROUNDS:
        _wrk(one, ("-d1s",))
        _blow(one, runs[one.name])
    return runs


def _blow(one: Contender, runs: Runs) -> None:
    """Raises RuntimeError when an answer is no page."""
    before = cpu_seconds(one.pid)
    said = _wrk(one)
    spent = cpu_seconds(one.pid) - before
    rate, count, bad = (find.search(said) for find in (_RATE, _COUNT, _BAD))
    waits = {which: float(n) * _MS[unit] for which, n, unit in _PERCENTILE.findall(said)}
    if rate is None or count is None or bad or not {"50", "99"} <= waits.keys():
        raise RuntimeError(f"{said} {one.name} at {one.url}")
    runs.rates.append(float(rate[1]))
    runs.medians.append(waits["50"])
    runs.p99s.append(waits["99"])
    runs.cpus.append(spent / int(count[1]) * 1e6)


def _wrk(one: Contender, options: tuple[str, ...] = ()) -> str:
    headers = [word for name, value in one.headers.items() for word in ("-H", f"{name}: {value}")]
    command = pinned(CALLER_CORE, *WRK, *options, *ACCEPTS, *headers, one.url)
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
