"""Cold start to the first 200, and the memory of two workers, of the real `manage.py serve`."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Part, short
from bench.machine import pss_megabytes
from bench.running import ask, prepared_site, running
from tests.faults.processes import children
from tests.serving import Site

STARTS = 5
COMMAND = (sys.executable, "manage.py", "serve")
PAGES = ("/", "/faq/", "/conditions/", "/first-session/", "/safety/", "/glossary/", "/book/")


def measure() -> Part:
    """Five starts over data that is there already; the memory after every kind of page was asked for."""
    part = Part("Start and memory", commands=["DATA_DIR=… .venv/bin/python manage.py serve"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = prepared_site(folder)
        starts, memory = [], {}
        for _ in range(STARTS):
            began = time.perf_counter()
            with running(
                COMMAND, port=site.port, path="/", folder=folder, variables=site.environment
            ) as process:
                starts.append(time.perf_counter() - began)
                memory = _memory(site, process.pid)
    part.promise("cold start to the first 200", statistics.median(starts), 0.6, " s", most=True)
    part.promise("two workers, PSS", memory["the two workers"], 70, " MB", most=True)
    part.heads = ("memory of", "PSS in MB")
    part.rows = [(name, short(value)) for name, value in memory.items()]
    part.notes.append(
        f"Starts in seconds: {' '.join(short(one) for one in starts)}. Tables, words and static files are there;"
        " Python's compiled files too."
    )
    return part


def _memory(site: Site, master: int) -> dict[str, float]:
    """PSS of the processes once both workers have answered every kind of page."""
    for _ in range(8):
        for path in PAGES:
            ask(site.port, path)
            ask(site.port, f"{path}?uncached", Host=f"localhost:{site.port}")
    parts = children(master)
    arbiter = next(part for part in parts if children(part))
    workers = [pss_megabytes(pid) for pid in children(arbiter)]
    return {
        "the two workers": sum(workers),
        "gunicorn's parent": pss_megabytes(arbiter),
        "`manage.py serve`": pss_megabytes(master),
        "the worker for mail and files": sum(pss_megabytes(one) for one in parts if one != arbiter),
    }
