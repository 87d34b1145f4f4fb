"""What happens as the site grows: a page view, the sitemap and the taking in of files."""

import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from django.core.management import call_command

from bench.figures import Part, short
from bench.views import PAGE, PAGE_VIEW, Viewer, analyse, databases, fill, use
from clinic_site.content_sync.sync import sync
from clinic_site.env import BASE_DIR

SIZES = (10, 100_000)
ROUNDS, ROUNDS_OF_LISTS = 60, 3
FILES = 1_000
LARGER, UNCHANGED = 1.2, 0.2
VIEWS = {PAGE_VIEW: PAGE, "one of the many pages": "/library/page-000007/"}
LISTS = {"sitemap.xml": "/sitemap.xml", "first part of the sitemap": "/sitemap-1.xml"}


def measure() -> Part:
    """Views at each size in turns over two databases, then 1,000 files taken in."""
    part = Part("Growth")
    smallest, largest = SIZES
    with tempfile.TemporaryDirectory() as name, databases():
        folder = Path(name)
        files = {size: fill(folder / f"{size}.sqlite3", size) for size in SIZES}
        for file in files.values():
            use(file)
            analyse()
        times = {what: _views(files, path) for what, path in (VIEWS | LISTS).items()}
        first, again = _taking_in(folder)
    for what in VIEWS:
        ratio = times[what][largest] / times[what][smallest]
        part.at_most(
            f"{what}, {largest:,} pages", ratio, LARGER, " x", beside=f"the same, {smallest} pages"
        )
    part.at_most(
        f"{FILES:,} files, nothing changed",
        again / first,
        UNCHANGED,
        " x",
        beside="taking them in as new",
    )
    part.heads = ("median ms at", *(f"{size:,} pages" for size in SIZES))
    part.rows = [(what, *(short(each[size]) for size in SIZES)) for what, each in times.items()]
    part.notes.append(
        f"{FILES:,} new files are taken in within {short(first)} s; nothing changed takes {short(again)} s."
    )
    return part


def _views(files: dict[int, Path], path: str) -> dict[int, float]:
    """Median milliseconds of a view at each size, the sizes in turns."""
    viewer = Viewer()
    times: dict[int, list[float]] = {size: [] for size in files}
    for turn in range(-1, ROUNDS if path in VIEWS.values() else ROUNDS_OF_LISTS):
        for size, file in files.items():
            use(file)
            viewer.view("/privacy/")  # the connection is open and warm
            took = viewer.view(path)
            if turn >= 0:
                times[size].append(took)
    return {size: statistics.median(each) for size, each in times.items()}


def _taking_in(folder: Path) -> tuple[float, float]:
    """Seconds to take 1,000 new files in, and seconds to find that nothing changed."""
    content = folder / "content"
    shutil.copytree(BASE_DIR / "content", content)
    sample = (content / "aftercare.md").read_text("utf-8")
    (content / "library").mkdir()
    for number in range(FILES):
        words = sample.replace("position: 70", f"position: {number}")
        (content / "library" / f"page-{number:04}.md").write_text(
            f"{words}\nFile {number}.\n", "utf-8"
        )
    use(folder / "files.sqlite3")
    call_command("migrate", verbosity=0)
    call_command("sync_content", verbosity=0)
    first = _timed(lambda: sync(folder=content, shipped=content))
    return first, statistics.median(
        _timed(lambda: sync(folder=content, shipped=content)) for _ in range(3)
    )


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    os.sync()
    return perf_counter() - began
