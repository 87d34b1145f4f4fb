"""The real nginx and Caddy over an edition that changes: nobody who asks whether a page is new keeps old bytes."""

import gzip
import io
import random
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import groupby, product
from pathlib import Path

import brotli
import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import Settings

from clinic_site.clinic.file_mapping import take_in
from clinic_site.operations.static_export import EditionWriter
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page
from tests.operations.web_servers import Proxy, in_front, start_caddy, start_nginx
from tests.pagecache.conftest import Caller
from tests.pagecache.verbs import VERBS, Shown, Verb, of_pages
from tests.pagecache.verbs.small_site import new_site

pytestmark = pytest.mark.django_db
CODINGS = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
Marks = Mapping[str, str]  # what a browser asks by: ETag and Last-Modified


class Here:
    """The site of this very process, as far as a web server's configuration is concerned."""

    port = 8000

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        said = io.StringIO()
        call_command(*arguments, stdout=said)
        # A test asks more in a second than any reader.
        lines = [line for line in said.getvalue().splitlines() if "limit_req zone" not in line]
        return subprocess.CompletedProcess(arguments, 0, "\n".join(lines), "")


@pytest.fixture
def proxies(writer: EditionWriter, tmp_path: Path) -> Iterator[dict[str, Proxy]]:
    with both_in_front(tmp_path) as started:
        yield started


@contextmanager
def both_in_front(tmp_path: Path) -> Iterator[dict[str, Proxy]]:
    """Both web servers over the one edition; the application behind them is down."""
    with ExitStack() as stack:
        started = {}
        for start in (start_nginx, start_caddy):
            (folder := tmp_path / start.__name__).mkdir()
            started[start.__name__] = stack.enter_context(in_front(start, Here(), folder))  # type: ignore[arg-type]  # the two things it asks of a site
        yield started


def call(number: int, writer: EditionWriter) -> bytes:
    phone = f"604-555-{number:04}"
    take_in(details={"phone": phone})
    assert writer.keep_in_step() is True
    return phone.encode()


def asked(
    proxy: Proxy, coding: str, path: str = "/safety/", **marks: str
) -> tuple[int, Marks, bytes]:
    """Status, marks and plain body of the page in that coding."""
    response = proxy.get(path, **{"Accept-Encoding": coding}, **marks)
    found = {name: response.headers[name] or "" for name in ("ETag", "Last-Modified")}
    body = response.read()
    said = response.headers["Content-Encoding"] or "identity"
    return response.status, found, CODINGS[said](body) if body else b""


def ways(marks: Marks) -> list[dict[str, str]]:
    """As browsers ask, and those who know only one of the two."""
    tag, date = {"If-None-Match": marks["ETag"]}, {"If-Modified-Since": marks["Last-Modified"]}
    return [{**tag, **date}, tag, date]


def test_after_forty_random_phone_numbers_nobody_has_an_old_one(
    proxies: dict[str, Proxy], writer: EditionWriter
) -> None:
    numbers = random.Random(2026).sample(range(200, 10_000), 40)
    held = [(name, coding) for name in proxies for coding in CODINGS]
    seen: dict[tuple[str, str], list[Marks]] = {
        who: [asked(proxies[who[0]], who[1])[1]] for who in held
    }
    stale = []
    for number in numbers:
        phone = call(number, writer)
        for who in held:
            for way in ways(seen[who][-1]):
                status, _, body = asked(proxies[who[0]], who[1], **way)
                if status != 200 or phone not in body:
                    stale.append((number, who, way))
            seen[who].append(asked(proxies[who[0]], who[1])[1])
    assert stale == []
    for who, marks in seen.items():
        told = {asked(proxies[who[0]], who[1], **way)[0] for one in marks[:-1] for way in ways(one)}
        assert (who, told) == (who, {200})


def test_who_has_a_page_that_did_not_change_is_told_so(
    proxies: dict[str, Proxy], writer: EditionWriter
) -> None:
    held = {
        (name, coding): asked(proxies[name], coding)[1] for name in proxies for coding in CODINGS
    }
    words = {"title": "home", "body": "New.", "details": {"headline": "Hello"}}
    publish(page=Page.objects.get(path="home"), words=words, by=None)
    assert writer.keep_in_step() is True
    EditionWriter().keep_in_step()  # a worker that was started again
    told = {
        (name, coding, asked(proxies[name], coding, **way)[0])
        for (name, coding), marks in held.items()
        for way in ways(marks)
    }
    assert told == {(name, coding, 304) for name, coding in held}


def test_the_application_alone_sends_the_new_phone_number(
    writer: EditionWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.pagecache.stamp.READ_EVERY", 0)
    caller, stale = Caller(), []
    for number in random.Random(2027).sample(range(200, 10_000), 40):
        for coding in CODINGS:
            before = caller.get("/safety/", HTTP_ACCEPT_ENCODING=coding).headers
            take_in(details={"phone": f"604-555-{number:04}"})
            for asks in (
                {"HTTP_IF_NONE_MATCH": before["etag"]},
                {"HTTP_IF_MODIFIED_SINCE": "Fri, 31 Dec 2100 00:00:00 GMT"},
            ):
                again = caller.get("/safety/", HTTP_ACCEPT_ENCODING=coding, **asks)
                body = CODINGS[coding](again.body) if again.body else b""
                if again.status != 200 or f"604-555-{number:04}".encode() not in body:
                    stale.append((number, coding, asks))
            take_in(details={"phone": "604-555-4100"})
    assert stale == []


def test_a_browser_that_reloads_shows_the_new_phone_number(
    proxies: dict[str, Proxy], writer: EditionWriter, browser: Browser
) -> None:
    context = browser.new_context()
    try:
        for proxy in proxies.values():
            page = context.new_page()
            # What it asks for besides comes from the application, which is down; its own bytes are what is looked at.
            page.goto(f"http://localhost:{proxy.port}/safety/", wait_until="domcontentloaded")
            for number in (203, 240, 268, 275, 281, 292):
                phone = call(number, writer).decode()
                page.reload(wait_until="domcontentloaded")
                assert (proxy.port, phone in page.content()) == (proxy.port, True)
    finally:
        context.close()


def rounds() -> list[list[Verb]]:
    """The verbs, one by one where they get in each other's way; those of pages don't."""
    apart = [[verb] for verb in VERBS.values() if verb.__module__ != of_pages.__name__]
    return [*apart, [verb for verb in VERBS.values() if [verb] not in apart]]


def test_what_every_verb_changes_is_read_through_both(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = settings.PUBLIC_DIR = tmp_path / "data"
    settings.CONTENT_DIR = settings.SHIPPED_CONTENT_DIR = tmp_path / "content"
    settings.MEDIA_ROOT, settings.SITE_INDEXABLE = tmp_path / "media", False
    settings.DATA_DIR.mkdir()
    site, writer, old = new_site(settings.CONTENT_DIR), EditionWriter(), []
    writer.keep_in_step()
    with both_in_front(tmp_path) as proxies:
        asking = [(proxy, coding) for proxy in proxies.values() for coding in CODINGS]
        for verbs in rounds():
            begun = [verb(site) for verb in verbs]
            paths = {path for steps in begun for path in next(steps)}
            writer.keep_in_step()
            held = {(path, *who): ways(asked(*who, path)[1])[0] for path in paths for who in asking}
            after = sorted((one for steps in begun for one in next(steps)), key=by_time)
            for later, shown in groupby(after, key=by_time):
                with clock(monkeypatch, later):
                    writer.keep_in_step()
                for one, who in product(shown, asking):
                    status, _, body = asked(*who, one.path, **held.get((one.path, *who), {}))
                    if not (one.holds(body) and status == 200 if one.holds else status == 502):
                        old.append((one, who[1], status))
    assert old == []


def by_time(shown: Shown) -> timedelta:
    return shown.later


@contextmanager
def clock(monkeypatch: pytest.MonkeyPatch, ahead: timedelta) -> Iterator[None]:
    """The time of the site so far ahead."""
    now = timezone.now
    with monkeypatch.context() as moved:
        moved.setattr(timezone, "now", lambda: now() + ahead)
        yield
