"""Production's own shape: https, nginx and Caddy with the printed configuration, pages from the edition."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.figures import Figure, Missing, Part, short
from bench.machine import need
from bench.running import prepared_site
from bench.serving.blowing import COMMAND, ROUNDS, SECONDS, in_turns
from bench.serving.contenders import PATH, Contender
from bench.serving.fronts import Front, caddy, make_ground, nginx
from tests.serving import free_port

AGAINST_FILE = 0.8


def measure() -> Part:
    """A page of the edition against the same page as a plain file, on the same process of each web server."""
    need("wrk", "taskset")
    part = Part("Production: https and the printed configuration", commands=[COMMAND])
    part.heads = ("one core, TLS", "requests/s", "p50 ms", "p99 ms", "CPU µs each", "rounds")
    for start in (nginx, caddy):
        with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
            folder, port = Path(name), free_port()
            site = prepared_site(folder, SITE_URL=f"https://localhost:{port}")
            page = (site.public_dir / "edition" / PATH.strip("/") / "index.html").read_bytes()
            ground = make_ground(site, folder, PATH, page, port)
            try:
                front = stack.enter_context(start(ground))
            except Missing as missing:
                part.figures.append(Figure(start.__name__, f"skipped: {missing}"))
                continue
            _compare(part, front)
    part.notes.append(
        f"wrk as above over https, {SECONDS} s each, {ROUNDS} rounds in turns, counted as above. Both pages come from"
        " one process: the plain one has a root and precompressed files, nothing else. The application is stopped:"
        " pages come from the edition. nginx without its rate limits."
    )
    return part


def _compare(part: Part, front: Front) -> None:
    page, file = f"a page on {front.name}", f"a plain file on {front.name}"
    both: Sequence[Contender] = (
        Contender(page, front.port, front.pid, scheme="https"),
        Contender(file, front.file_port, front.pid, scheme="https"),
    )
    runs = in_turns(both)
    ratio = runs[page].capacity / runs[file].capacity
    part.at_least(
        f"{page}, TLS: requests a second of the processor",
        ratio,
        AGAINST_FILE,
        " x",
        beside=f"the same page as {file}, TLS",
    )
    for name, one in runs.items():
        rounds = " ".join(short(rate) for rate in one.rates)
        told = (short(one.rate), short(one.p50), short(one.p99), short(one.cpu), rounds)
        part.rows.append((name, *told))
