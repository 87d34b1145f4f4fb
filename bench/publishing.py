"""From a publish until every process of the running site shows it, and the web server in front of it.

The only promise in seconds: it is a time that people feel, as they look whether what they wrote is there.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import connection
from django.utils import timezone

from bench.figures import Part, short
from bench.running import FORWARDED, ask_tls, prepared_site
from bench.serving.fronts import make_ground, nginx
from clinic_site.pages.actions.publish import publish, save_draft
from clinic_site.pages.models import Page
from tests.pagecache.talking import Talk
from tests.serving import Site, free_port

ADDRESS, ROUNDS, AHEAD, LIMIT = "/safety/", 8, timedelta(seconds=1), 2
PATIENCE = 30  # seconds
WORKERS, TRIES = 2, 200  # the shipped number of workers
STEP = 0.04  # seconds more of rest in each round, so that the workers' clocks are met at every hand
HEAD = "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nX-Forwarded-Proto: {X-Forwarded-Proto}\r\n\r\n"
Change = Callable[[str], datetime]
Read = Callable[[], bytes]


def measure() -> Part:
    """The slowest of some rounds each, in seconds; every worker has the page in memory before."""
    part = Part("Publishing")
    with tempfile.TemporaryDirectory() as name, closing(connection):
        folder, port = Path(name), free_port()
        site = prepared_site(folder, SITE_URL=f"https://localhost:{port}")
        page = (site.public_dir / "edition" / "index.html").read_bytes()
        ground = make_ground(site, folder, "/", page, port)
        connection.close()
        connection.settings_dict["NAME"] = site.data_dir / "db.sqlite3"
        site.start()
        try:
            talks = _one_with_each_worker(site, port)
            with nginx(ground) as front:
                _measure(part, talks, front.port)
        finally:
            site.stop()
    part.heads = ("seconds until it is shown", "median", "slowest")
    part.notes.append(
        f"{len(talks)} workers, nginx with TLS and the edition; {ROUNDS} rounds each, another process publishes."
    )
    return part


def _measure(part: Part, talks: Sequence[Talk], front: int) -> None:
    readers: dict[str, list[Read]] = {
        "by every process of the application": [partial(_from_worker, one, front) for one in talks],
        "by nginx": [lambda: ask_tls(front, ADDRESS)[1]],
    }
    for what, change in (("a publish", _now), ("a scheduled publish", _soon)):
        rounds = [_round(readers, change, number) for number in range(ROUNDS)]
        for where in readers:
            took = [one[where] for one in rounds]
            told = f"{what}, shown {where}"
            part.at_most(told, max(took), LIMIT, " s", beside="a time that people feel")
            part.rows.append((told, short(statistics.median(took)), short(max(took))))


def _one_with_each_worker(site: Site, front: int) -> list[Talk]:
    """Connections on which two different processes answer."""
    found: dict[int, Talk] = {}
    for _ in range(TRIES):
        talk = Talk(site)
        _from_worker(talk, front)
        if found.setdefault(talk.worker(), talk) is not talk:
            talk.close()
        if len(found) == WORKERS:
            return list(found.values())
    raise RuntimeError("Not every worker takes connections.")


def _from_worker(talk: Talk, front: int) -> bytes:
    """As the web server on that port asks."""
    talk.say(HEAD.format(path=ADDRESS, port=front, **FORWARDED))
    return talk.hear()[2]


def _round(readers: dict[str, list[Read]], change: Change, number: int) -> dict[str, float]:
    """Seconds until each kind of reader has the new words, all of them at once."""
    time.sleep(STEP * number)
    words = f"Words of {change.__name__} {number}."
    due, shown = change(words), dict[str, float]()
    while len(shown) < len(readers):
        for where, reads in readers.items():
            if where not in shown and all(words.encode() in read() for read in reads):
                shown[where] = (timezone.now() - due).total_seconds()
        if timezone.now() - due > timedelta(seconds=PATIENCE):
            raise RuntimeError(f"{words} not shown after {PATIENCE} s; shown: {shown}")
        time.sleep(0.002)
    return shown


def _now(words: str) -> datetime:
    publish(page=_page(), words={"title": "Safety", "body": words}, by=None)
    return timezone.now()


def _soon(words: str) -> datetime:
    due = timezone.now() + AHEAD
    save_draft(page=_page(), words={"title": "Safety", "body": words}, by=None, publish_at=due)
    return due


def _page() -> Page:
    return Page.objects.get(path=ADDRESS.strip("/"))
