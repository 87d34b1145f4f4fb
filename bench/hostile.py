"""64 kB of whatever somebody may send to the form, beside an ordinary form; through HTTP, medians."""

import statistics
import tempfile
from pathlib import Path
from time import perf_counter
from urllib.parse import quote_plus

from django.conf import settings

from bench.figures import Part, short
from bench.running import let_settle
from bench.submissions import be_a_client, written_out
from tests.faults.patients import FORM, fill_in
from tests.serving import Site

SIZE, ROUNDS, LIMIT = 64 * 1024, 9, 5
HEAD = "POST {form} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
# What stands again and again in each field: marks upon marks, joined signs, both directions, what looks like an
# address, a number, a word of danger, an entity, and plain letters.
UNITS = {
    "combining marks": "\u0301",
    "marks in another order": "\u0316\u0301\u0328",
    "hangul to compose": "\u1112\u1161\u11ab",
    "signs that unfold": "\ufdfa",
    "joined pictures": "\U0001f469\u200d",
    "right to left": "\u202e\u05d0",
    "no width": "\u200b",
    "line ends": "\n",
    "blanks": " ",
    "addresses": "a@b.",
    "at signs": "@",
    "links": "http://a ",
    "digits": "1",
    "numbers and dashes": "604-",
    "dots": ".",
    "entities": "&lt;",
    "tags": "<a ",
    "danger": "numb saddle chest pain ",
    "letters": "a",
    "words": "ab ",
}
FIELDS = ("name", "email", "phone", "message")


def measure() -> Part:
    """Every kind in every field, in turns with an ordinary form that is kept."""
    part = Part("Hostile input")
    with tempfile.TemporaryDirectory() as name:
        site = Site(Path(name) / "data", SECRET_KEY=settings.SECRET_KEY, WORKERS="1")
        site.start()
        try:
            assert site.process
            let_settle(site.process.pid)
            ordinary, hostile = _in_turns(site.port)
        finally:
            site.stop()
    _told(part, statistics.median(ordinary), hostile)
    return part


def _told(part: Part, usual: float, hostile: dict[str, list[float]]) -> None:
    costs = {what: statistics.median(took) for what, took in hostile.items()}
    worst = sorted(costs, key=lambda what: -costs[what])
    part.at_most(
        f"64 kB of input to the form, the slowest of {len(costs)} kinds ({worst[0]})",
        costs[worst[0]] / usual,
        LIMIT,
        " x",
        beside="an ordinary form that is kept",
    )
    part.heads = ("median of a form", "ms", "against an ordinary one")
    part.rows.append(("an ordinary one", short(usual), "1.00 x"))
    for what in worst[:8]:
        part.rows.append((what, short(costs[what]), f"{short(costs[what] / usual)} x"))
    part.notes.append(
        f"One worker, one connection, {ROUNDS} rounds. The eight slowest kinds are shown. Every"
        " answer is a page with what to put right, or a refusal; a fault of the site ends the measurement."
    )


def bodies() -> dict[str, tuple[str, bytes]]:
    """Kind of body and body, by what it is."""
    found = {}
    for what, unit in UNITS.items():
        text = "a" + unit * (SIZE // len(unit.encode()))
        sent = text if text.isascii() is False else quote_plus(text)
        for field in FIELDS:
            # Signs beyond ASCII as they are: they would be thrice as long, and so a third as many.
            found[f"{what} in {field}"] = (URLENCODED, f"{field}={sent}".encode()[:SIZE])
    found["fields"] = (URLENCODED, ("a=&" * SIZE).encode()[:SIZE])
    found["fields of one name"] = (URLENCODED, ("areas=a&" * SIZE).encode()[:SIZE])
    found["percents"] = (URLENCODED, ("name=" + "%" * SIZE).encode()[:SIZE])
    part = "--b\r\nContent-Disposition: form-data; name=name\r\n\r\na\r\n"
    found["parts"] = (MULTIPART, (part * SIZE).encode()[:SIZE])
    found["dashes"] = (MULTIPART, ("--b\r\n" * SIZE).encode()[:SIZE])
    return found


def _in_turns(port: int) -> tuple[list[float], dict[str, list[float]]]:
    """Milliseconds of ordinary forms and of each kind."""
    kinds = {what: _written(port, *body) for what, body in bodies().items()}
    ordinary: list[float] = []
    hostile: dict[str, list[float]] = {what: [] for what in kinds}
    forms = iter(fill_in((ROUNDS + 1) * 10))
    for turn in range(ROUNDS + 1):
        for number, (what, request) in enumerate(kinds.items()):
            if number % (len(kinds) // 8) == 0:
                took = _sent(port, written_out(port, next(forms)))
                if turn:
                    ordinary.append(took)
            took = _sent(port, request)
            if turn:
                hostile[what].append(took)
    return ordinary, hostile


def _written(port: int, kind: str, body: bytes) -> bytes:
    head = HEAD.format(form=FORM, port=port, kind=kind, size=len(body))
    return head.encode() + body


def _sent(port: int, request: bytes) -> float:
    began = perf_counter()
    (status, _), *_ = be_a_client(port, iter([request]))
    if not 200 <= status < 500:
        raise RuntimeError(f"The form answers {status}: {request[:300]!r}")
    return (perf_counter() - began) * 1000
