"""Rendering the site's own Markdown beside the bare parser that it is built on, and texts that are made to be slow."""

import gc
import statistics
from collections.abc import Callable
from time import process_time

from markdown_it import MarkdownIt

from bench.figures import Part, short
from clinic_site.env import BASE_DIR
from clinic_site.markup import parse, read_source
from tests.markup.test_growth import UNITS, hostile

WORDS, ROUNDS = 2_600, 40
AGAINST_BARE, TWICE, PAGES = 2, 2.3, 100
# Characters (twice as many are still taken in); times that each text is made; kinds that are made again.
SHORT, TRIES, SUSPECTS = 6_000, 5, 5
MEGABYTE, BIG = 1_000_000, 4


def measure() -> Part:
    """Processor time of making safe HTML and a tree of a text that was never seen before."""
    part = Part("Rendering")
    gc.collect()
    gc.freeze()  # as the server does before it makes its workers
    ours, bare = _beside_the_bare_parser()
    part.at_most(
        f"{WORDS:,} words to sanitised HTML",
        ours / bare,
        AGAINST_BARE,
        " x",
        beside="markdown-it-py with CommonMark alone, nothing sanitised",
    )
    _twice_as_long(part)
    _a_megabyte(part, ours)
    part.notes.append(
        f"{WORDS:,} words take {short(ours)} ms of the processor, the bare parser {short(bare)} ms."
    )
    return part


def _beside_the_bare_parser() -> tuple[float, float]:
    text, bare = long_text(), MarkdownIt("commonmark")
    ours, theirs = [], []
    for number in range(ROUNDS):
        fresh = f"{text}\n\nRound {number}.\n"
        ours.append(_took(_parse, fresh))
        theirs.append(_took(bare.render, fresh))
    return statistics.median(ours), statistics.median(theirs)


def _twice_as_long(part: Part) -> None:
    """Each hostile kind; those that seem to grow fastest are made again, as a processor is never quite alone."""
    ratios = {kind: _growth(kind, TRIES) for kind in UNITS}
    suspects = sorted(ratios, key=lambda kind: -ratios[kind])[:SUSPECTS]
    ratios |= {kind: _growth(kind, 4 * TRIES) for kind in suspects}
    worst = max(suspects, key=lambda kind: ratios[kind])
    part.at_most(
        f"a text twice as long, the worst of {len(ratios)} hostile kinds ({worst})",
        ratios[worst],
        TWICE,
        " x",
        beside=f"the same of {SHORT:,} characters",
    )


def _growth(kind: str, tries: int) -> float:
    """How much longer twice the text takes: the quickest of some tries of each, in turns."""
    texts = [hostile(kind, SHORT), hostile(kind, 2 * SHORT)]
    times = [[_took(_parse, text) for text in texts] for _ in range(tries)]
    once, twice = (min(each) for each in zip(*times, strict=True))
    return twice / once


def _a_megabyte(part: Part, page: float) -> None:
    """Refused or rendered; the slowest of the kinds that are slow per character."""
    slowest = sorted(UNITS, key=lambda kind: -_took(_parse, hostile(kind, SHORT)))[:BIG]
    took = max(_took(_parse, hostile(kind, MEGABYTE)) for kind in slowest)
    part.at_most(
        "1 MB of hostile text, refused or rendered",
        took / page,
        PAGES,
        " x",
        beside=f"a page of {WORDS:,} words",
    )


def _parse(text: str) -> object:
    return parse.__wrapped__(text)  # without what it remembers


def _took(work: Callable[[str], object], text: str) -> float:
    """Milliseconds of the processor."""
    began = process_time()
    work(text)
    return (process_time() - began) * 1000


def long_text() -> str:
    """The bodies of content/ one after the other, as far as 2,600 words go, each with its own sources."""
    words = 0
    parts: list[str] = []
    for number, path in enumerate(sorted((BASE_DIR / "content").rglob("*.md"))):
        body = read_source(path.read_bytes()).body.replace("[^", f"[^{number}-")
        for block in body.split("\n\n"):
            if words >= WORDS:
                return "\n\n".join(parts)
            words += len(block.split())
            parts.append(block)
    return "\n\n".join(parts)
