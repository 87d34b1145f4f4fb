"""The application alone: the same page from it and from its peers, each on one core, in turns."""

import tempfile
from pathlib import Path

from bench.figures import Figure, Part, short
from bench.machine import need
from bench.serving.blowing import COMMAND, CONNECTIONS, ROUNDS, SECONDS, Runs, in_turns
from bench.serving.contenders import ALONE, BEHIND, CACHED, FILE, contenders

AGAINST_WAGTAIL, AGAINST_FILE = 8, 0.3


def measure() -> Part:
    """All contenders in turns, three rounds; ratios of what the processor gives."""
    need("wrk", "taskset")
    part = Part("The application alone", commands=[COMMAND])
    with tempfile.TemporaryDirectory() as name, contenders(Path(name), part.notes) as found:
        runs = in_turns(found)
    for ours in (ALONE, BEHIND):
        _promises(part, runs, ours)
    _table(part, runs)
    return part


def _promises(part: Part, runs: dict[str, Runs], name: str) -> None:
    ours = runs[name]
    for peer, limit in ((CACHED, AGAINST_WAGTAIL), (FILE, AGAINST_FILE)):
        what = f"{name}: requests a second of the processor"
        if peer in runs:
            ratio = ours.capacity / runs[peer].capacity
            part.at_least(what, ratio, limit, " x", beside=peer)
        else:
            part.figures.append(Figure(what, "skipped", f"≥ {limit} x", peer))
    if CACHED in runs:
        ratio = ours.p99 / runs[CACHED].p50
        part.at_most(f"{name}: p99", ratio, 1, " x", beside=f"the median of {CACHED}")


def _table(part: Part, runs: dict[str, Runs]) -> None:
    ours = runs[ALONE].capacity
    part.heads = (
        "the same page, one core",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "CPU µs each",
        "this site alone is",
        "rounds",
    )
    for name, one in runs.items():
        rounds = " ".join(short(rate) for rate in one.rates)
        ratio = f"{short(ours / one.capacity)} x"
        waits = (short(one.p50), short(one.p99))
        part.rows.append((name, short(one.rate), *waits, short(one.cpu), ratio, rounds))
    part.notes.append(
        f"wrk with {CONNECTIONS} connections on a core of its own, {SECONDS} s each after one to warm up, {ROUNDS}"
        " rounds in turns. Ratios are of the processor's time for each request (the median): the rate of a core of"
        " its own, which does not change when others use the machine. Waiting is that of the best round. This site:"
        " `manage.py serve` with one worker, no proxy; “https forwarded” is the same asked as a proxy asks it, with"
        " X-Forwarded-Proto from an address that it trusts. Wagtail: wagtail-cache in memory, one worker of gunicorn"
        " with four threads; it sends its page uncompressed, which costs it nothing; this site sends brotli, nginx"
        " gzip."
    )
