"""Requests a second: the same page from this site and from its peers, each on one core, in turns."""

import re
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.contenders import Contender, contenders
from bench.figures import Figure, Part, short
from bench.machine import CALLER_CORE, cpu_seconds, need, pinned
from bench.running import CODINGS

CONNECTIONS, SECONDS, ROUNDS = 16, 2, 3
WRK = (
    "wrk",
    "-t1",
    f"-c{CONNECTIONS}",
    f"-d{SECONDS}s",
    "--latency",
    "-H",
    f"Accept-Encoding: {CODINGS}",
)
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
_COUNT = re.compile(r"(\d+) requests in")
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Runs:
    """What a contender reached in each round."""

    rates: list[float]
    p99s: list[float]  # ms
    cpus: list[float]  # microseconds of the processor for each request

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def p99(self) -> float:
        return statistics.median(self.p99s)

    @property
    def cpu(self) -> float:
        return statistics.median(self.cpus)


def measure() -> Part:
    """All contenders in turns, three rounds; ratios of the medians."""
    need("wrk", "taskset")
    part = Part("Requests a second")
    with tempfile.TemporaryDirectory() as name, contenders(Path(name), part.notes) as found:
        runs = {one.name: Runs([], [], []) for one in found}
        for one in found * ROUNDS:
            warm_up(one)
            rate, p99, cpu = blow(one)
            runs[one.name].rates.append(rate)
            runs[one.name].p99s.append(p99)
            runs[one.name].cpus.append(cpu)
    _table(part, runs)
    _promises(part, runs)
    part.commands.append(" ".join(pinned(CALLER_CORE, *WRK[:-1], f"'{WRK[-1]}'", "URL")))
    return part


def warm_up(one: Contender) -> None:
    """A second of the same, so that what is measured is not how it wakes."""
    command = [word if word != f"-d{SECONDS}s" else "-d1s" for word in WRK]
    subprocess.run(pinned(CALLER_CORE, *command, one.url), capture_output=True, check=True)


def blow(one: Contender) -> tuple[float, float, float]:
    """Requests a second, the 99th percentile in ms, microseconds of the processor for each request.

    Raises RuntimeError when an answer is no page.
    """
    before = cpu_seconds(one.pid)
    done = subprocess.run(
        pinned(CALLER_CORE, *WRK, one.url), capture_output=True, text=True, check=True
    )
    spent = cpu_seconds(one.pid) - before
    rate, slowest, count, bad = (find.search(done.stdout) for find in (_RATE, _P99, _COUNT, _BAD))
    if rate is None or slowest is None or count is None or bad:
        raise RuntimeError(f"{one.name}: {done.stdout}")
    p99 = float(slowest[1]) * _MS[slowest[2]]
    return float(rate[1]), p99, spent / int(count[1]) * 1e6


def _table(part: Part, runs: dict[str, Runs]) -> None:
    ours = next(iter(runs.values())).rate
    part.heads = (
        "the same page, one core",
        "requests/s",
        "p99 ms",
        "this site alone is",
        "CPU µs each",
        "rounds",
    )
    for name, one in runs.items():
        rounds = " ".join(short(rate) for rate in one.rates)
        ratio = f"{short(ours / one.rate)} x"
        part.rows.append((name, short(one.rate), short(one.p99), ratio, short(one.cpu), rounds))
    part.notes.append(
        f"wrk with {CONNECTIONS} connections on a core of its own, {SECONDS} s each after one to warm up, {ROUNDS}"
        " rounds in turns, medians. gunicorn: one worker, four threads. Wagtail sends its page uncompressed, which"
        " costs it nothing; this site sends brotli, nginx gzip. nginx without its rate limits."
    )


def _promises(part: Part, runs: dict[str, Runs]) -> None:
    names = list(runs)
    ours = runs[names[0]]
    for name, ratio in (("Wagtail with wagtail-cache in memory", 3.0), ("Wagtail", 200.0)):
        if name in runs:
            part.promise(
                f"this site alone against {name}",
                ours.rate / runs[name].rate,
                ratio,
                " x",
                most=False,
            )
        else:
            part.figures.append(
                Figure(f"this site alone against {name}", "skipped", f"≥ {ratio:.0f} x")
            )
    part.promise(
        f"p99 of this site alone, {CONNECTIONS} connections", ours.p99, 5.0, " ms", most=True
    )
    edition, file = "this site, its edition on nginx", "the page as a file on nginx"
    if edition in runs and file in runs:
        part.promise(
            "its edition against a file on nginx",
            runs[edition].rate / runs[file].rate,
            0.8,
            " x",
            most=False,
        )
