"""Cold rendering of 2,600 words of the site's own Markdown, beside the bare parser that it is built on."""

import statistics
from collections.abc import Callable
from time import process_time

from markdown_it import MarkdownIt

from bench.figures import Part, short
from clinic_site.env import BASE_DIR
from clinic_site.markup import parse, read_source

WORDS, ROUNDS = 2_600, 40


def measure() -> Part:
    """The median processor time of making safe HTML and a tree of one long text that was never seen before."""
    text, bare = long_text(), MarkdownIt("commonmark")
    ours, theirs = [], []
    for number in range(ROUNDS):
        fresh = f"{text}\n\nRound {number}.\n"
        ours.append(_took(parse.__wrapped__, fresh))  # without what it remembers
        theirs.append(_took(bare.render, fresh))
    mine = statistics.median(ours)
    part = Part("Rendering")
    part.promise(f"{WORDS:,} words, Markdown to sanitised HTML", mine, 5, " ms", most=True)
    stock = statistics.median(theirs)
    part.notes.append(
        f"markdown-it-py alone, with CommonMark only and nothing sanitised, takes {short(stock)} ms"
        f" for the same text: this site takes {short(mine / stock)} x that."
    )
    return part


def _took(work: Callable[[str], object], text: str) -> float:
    """Milliseconds of the processor."""
    began = process_time()
    work(text)
    return (process_time() - began) * 1000


def long_text() -> str:
    """The bodies of content/ one after the other, as far as 2,600 words go, each with its own sources."""
    words, parts = 0, []
    for number, path in enumerate(sorted((BASE_DIR / "content").rglob("*.md"))):
        body = read_source(path.read_bytes()).body.replace("[^", f"[^{number}-")
        for block in body.split("\n\n"):
            if words >= WORDS:
                return "\n\n".join(parts)
            words += len(block.split())
            parts.append(block)
    return "\n\n".join(parts)
