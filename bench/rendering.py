"""Cold rendering of 2,600 words of the site's own Markdown."""

import statistics
from itertools import count
from time import process_time

from bench.figures import Part
from clinic_site.env import BASE_DIR
from clinic_site.markup import parse, read_source

WORDS, ROUNDS = 2_600, 40


def measure() -> Part:
    """The median processor time of parsing, rendering and sanitising one long text that was never seen before."""
    text = long_text()
    times = []
    for number in range(ROUNDS):
        fresh = f"{text}\n\nRound {number}.\n"
        began = process_time()
        parse(fresh)
        times.append((process_time() - began) * 1000)
    part = Part("Rendering")
    part.promise(
        f"{WORDS:,} words, Markdown to sanitised HTML",
        statistics.median(times),
        5,
        " ms",
        most=True,
    )
    return part


def long_text() -> str:
    """The bodies of content/ one after the other, as far as 2,600 words go; anchors made different."""
    words, parts, numbers = 0, [], count()
    for path in sorted((BASE_DIR / "content").rglob("*.md")):
        body = read_source(path.read_bytes()).body
        for block in body.split("\n\n"):
            if words >= WORDS:
                return "\n\n".join(parts)
            words += len(block.split())
            parts.append(
                block.replace("[^", f"[^n{next(numbers)}") if block.startswith("[^") else block
            )
    return "\n\n".join(parts)
