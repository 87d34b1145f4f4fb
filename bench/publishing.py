"""From a publish until every worker of the running site shows it, and from the moment that one was set for."""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone

from bench.figures import Part, short
from bench.running import prepared_site
from clinic_site.pages.actions.publish import publish, save_draft
from clinic_site.pages.models import Page
from tests.pagecache.talking import Talk, one_with_each_worker

ADDRESS, ROUNDS, AHEAD = "/safety/", 8, timedelta(seconds=1)
STEP = 0.04  # seconds more of rest in each round, so that the workers' clocks are met at every hand
Change = Callable[[str], datetime]


def measure() -> Part:
    """The slowest of some rounds each, in seconds; every worker has the page in memory before."""
    part = Part("Publishing")
    with tempfile.TemporaryDirectory() as name, closing(connection):
        site = prepared_site(Path(name))
        connection.close()
        connection.settings_dict["NAME"] = site.data_dir / "db.sqlite3"
        site.start()
        try:
            talks = one_with_each_worker(site)
            for what, change in (("a publish", _now), ("a scheduled publish", _soon)):
                took = [_round(talks, change, number) for number in range(ROUNDS)]
                part.promise(f"{what} shows in every worker", max(took), 1, " s", most=True)
                part.rows.append((what, short(statistics.median(took)), short(max(took))))
        finally:
            site.stop()
    part.heads = ("seconds until every worker shows", "median", "slowest")
    part.notes.append(f"{len(talks)} workers, {ROUNDS} rounds each, another process publishes.")
    return part


def _round(talks: Sequence[Talk], change: Change, number: int) -> float:
    time.sleep(STEP * number)
    words = f"Words of {change.__name__} {number}."
    due = change(words)
    while not all(words.encode() in talk.ask(ADDRESS)[2] for talk in talks):
        time.sleep(0.002)
    return (timezone.now() - due).total_seconds()


def _now(words: str) -> datetime:
    publish(page=_page(), words={"title": "Safety", "body": words}, by=None)
    return timezone.now()


def _soon(words: str) -> datetime:
    due = timezone.now() + AHEAD
    save_draft(page=_page(), words={"title": "Safety", "body": words}, by=None, publish_at=due)
    return due


def _page() -> Page:
    return Page.objects.get(path=ADDRESS.strip("/"))
