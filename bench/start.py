"""Start over existing data, and the memory of all processes, beside a minimal Wagtail site under gunicorn."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import wagtail
from bench.figures import Part, short
from bench.machine import family, pss_megabytes
from bench.running import ask, prepared_site, running
from tests.faults.processes import children
from tests.serving import Site, free_port

STARTS, LIMIT = 5, 1.2
COMMAND = (sys.executable, "manage.py", "serve")
PAGES = ("/", "/faq/", "/conditions/", "/first-session/", "/safety/", "/glossary/", "/book/")
ASKED = 8  # times, so that both workers have answered


def measure() -> Part:
    """Five starts of each in turns; the memory after pages were asked for. Raises Missing without Wagtail."""
    part = Part("Start and memory", commands=["DATA_DIR=… .venv/bin/python manage.py serve"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = prepared_site(folder)
        page = site.public_dir / "edition" / "first-session" / "index.html"
        wagtail.fill(page.read_bytes())
        ours, theirs = [], []
        for _ in range(STARTS):
            took, memory = _ours(site, folder)
            ours.append(took)
            took, peers = _theirs(folder)
            theirs.append(took)
    _promises(part, (ours, theirs), memory, peers)
    return part


def _promises(
    part: Part,
    starts: tuple[list[float], list[float]],
    memory: dict[str, float],
    peers: dict[str, float],
) -> None:
    ours, theirs = (statistics.median(each) for each in starts)
    beside = "Wagtail's own start of a minimal site, two workers"
    part.at_most("start to the first page", ours / theirs, LIMIT, " x", beside=beside)
    workers = peers["Wagtail's two workers"]
    part.at_most(
        "memory of all processes together",
        sum(memory.values()) / workers,
        LIMIT,
        " x",
        beside="that of Wagtail's two workers",
    )
    part.heads = ("memory of", "PSS in MB")
    rows = memory | {"all processes of this site": sum(memory.values())} | peers
    part.rows = [(name, short(value)) for name, value in rows.items()]
    for who, each in zip(("this site", "Wagtail"), starts, strict=True):
        part.notes.append(f"Starts of {who} in seconds: {' '.join(short(one) for one in each)}.")
    part.notes.append(
        "In turns, from the command to the first 200. Tables, words, static files and Python's compiled files are"
        " there for both. Wagtail runs as its own Dockerfile starts it, without preloading, and has no worker for"
        " mail; this site's `manage.py serve` prepares the database and starts its worker too."
    )


def _ours(site: Site, folder: Path) -> tuple[float, dict[str, float]]:
    began = time.perf_counter()
    with running(
        COMMAND, port=site.port, path="/", folder=folder, variables=site.environment
    ) as process:
        return time.perf_counter() - began, _memory(site, process.pid)


def _theirs(folder: Path) -> tuple[float, dict[str, float]]:
    port, began = free_port(), time.perf_counter()
    with wagtail.served(wagtail.gunicorn(port, workers=2), port, folder) as pid:
        took = time.perf_counter() - began
        for _ in range(2 * ASKED):
            ask(port, wagtail.PATH)
        workers = sum(map(pss_megabytes, children(pid)))
        return took, {"Wagtail's two workers": workers, "Wagtail's gunicorn": pss_megabytes(pid)}


def _memory(site: Site, master: int) -> dict[str, float]:
    """PSS of the processes once both workers have answered every kind of page."""
    for _ in range(ASKED):
        for path in PAGES:
            ask(site.port, path)
            ask(site.port, f"{path}?uncached", Host=f"localhost:{site.port}")
    parts = children(master)
    arbiter = next(part for part in parts if children(part))
    others = [pid for part in parts if part != arbiter for pid in family(part)]
    return {
        "the two workers": sum(map(pss_megabytes, children(arbiter))),
        "gunicorn's parent": pss_megabytes(arbiter),
        "`manage.py serve`": pss_megabytes(master),
        "the worker for mail and files": sum(map(pss_megabytes, others)),
    }
