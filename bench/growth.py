"""What happens as the site grows: a page view, searches, the sitemap and the taking in of files."""

import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from bench.figures import Part, short
from clinic_site.content_sync.sync import sync
from clinic_site.env import BASE_DIR
from clinic_site.pages.models import Page, Revision
from clinic_site.search.indexing import bring_up_to_date

SIZES = (10, 1_000, 100_000)
ROUNDS = 30
FILES = 1_000
BODY = (
    "## What to know\n\nA short answer.\n\n" + "Rest a little, then move gently as you can. " * 60
)
# As patients type: a word, a question, beginnings, slips, nothing to find; the last two stand on every added page.
SEARCHES = (
    "needle",
    "shoulder",
    "does it hurt",
    "lateral epicondylitis",
    "blood thin",
    "sholder",
    "pregnancy icbc",
    "xylophone",
    "gently",
    "rest move gently",
)


def measure() -> Part:
    """Views at each size in turns over three databases, then 1,000 files taken in."""
    part = Part("Growth")
    with tempfile.TemporaryDirectory() as name, closing(connection):
        folder = Path(name)
        databases = {size: _filled(folder / f"{size}.sqlite3", size) for size in SIZES}
        paths = {
            "page view through Django": "/first-session/",
            "one of the many pages": "/library/page-000007/",
            "sitemap.xml": "/sitemap.xml",
            "first part of the sitemap": "/sitemap-1.xml",
        }
        paths |= {f"search: {typed}": f"/search/?q={quote(typed)}" for typed in SEARCHES}
        times = {what: _views(databases, path) for what, path in paths.items()}
        searches = {size: _p50(times, size) for size in SIZES}
        took, again = _taking_in(folder)
    part.heads = ("median ms at", *(f"{size:,} pages" for size in SIZES))
    times["search, p50 of these"] = searches
    part.rows = [(what, *(short(each[size]) for size in SIZES)) for what, each in times.items()]
    smallest, *_, largest = SIZES
    for what in list(times)[:2]:
        ratio = times[what][largest] / times[what][smallest]
        part.promise(f"{what}: {largest:,} pages against {smallest}", ratio, 1.2, " x", most=True)
    part.promise(f"search p50 at {largest:,} pages", searches[largest], 10, " ms", most=True)
    part.promise(f"taking in {FILES:,} new files", took, 5, " s", most=True)
    part.promise(f"{FILES:,} files, nothing changed", again, 1, " s", most=True)
    return part


def _use(database: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


def _filled(database: Path, size: int) -> Path:
    """The shipped content and that many pages more."""
    _use(database)
    call_command("migrate", verbosity=0)
    call_command("sync_content", verbosity=0)
    now = timezone.now() - timedelta(minutes=1)
    with transaction.atomic():
        pages = Page.objects.bulk_create(
            Page(path=f"library/page-{n:06}", parent_path="library", layout="article", position=n)
            for n in range(size)
        )
        Revision.objects.bulk_create(
            Revision(page=page, title=f"Page {page.position}", body=BODY, publish_at=now)
            for page in pages
        )
    bring_up_to_date()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return database


def _p50(times: dict[str, dict[int, float]], size: int) -> float:
    return statistics.median(each[size] for what, each in times.items() if "search: " in what)


def _views(databases: dict[int, Path], path: str) -> dict[int, float]:
    """Median milliseconds of a view at each size, the sizes in turns."""
    client = Client(headers={"host": "localhost"})
    times: dict[int, list[float]] = {size: [] for size in databases}
    for turn in range(-1, ROUNDS if "sitemap" not in path else 3):
        for size, database in databases.items():
            _use(database)
            client.get("/privacy/")  # the connection is open and warm
            began = perf_counter()
            response = client.get(path)
            took = (perf_counter() - began) * 1000
            if response.status_code not in (200, 404) or (
                path == "/first-session/" and not response.content
            ):
                raise RuntimeError(f"{path} answers {response.status_code}")
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
    database = folder / "files.sqlite3"
    _use(database)
    call_command("migrate", verbosity=0)
    call_command("sync_content", verbosity=0)
    return _timed(lambda: sync(folder=content)), min(
        _timed(lambda: sync(folder=content)) for _ in range(3)
    )


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    os.sync()
    return perf_counter() - began
