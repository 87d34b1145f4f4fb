"""The edition: every page as files, so that a web server serves patients even while the application is down.

PUBLIC_DIR/edition leads to the newest folder below PUBLIC_DIR/editions; it is swapped in one step, so a
reader sees the old pages or the new ones, whole. The bytes are those that the application serves.
A second link says in its name with which headers these bytes are to be sent: a web server that was configured
for others finds nothing there, and asks the application.
"""

import fcntl
import io
import json
import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from clinic_site.file_modes import open_folder, open_tree
from clinic_site.operations.file_times import ENDINGS, INDEX, FileTimes, is_own, seal
from clinic_site.operations.front_headers import digest_of
from clinic_site.pagecache.cached_page import FinishedPage, finish
from clinic_site.pagecache.page_cache import MARK, Application, Environ, drain
from clinic_site.pagecache.stamp import Value, read
from clinic_site.pages.models import page_url
from clinic_site.pages.rendering.page_lists import of_the_clinic, with_own_address
from clinic_site.progress.steps import each


class EditionWriter:
    """Keeps the edition in step with the stamp. One per worker; the first run always writes."""

    def __init__(self) -> None:
        self._written: Value | None = None

    @cached_property
    def _application(self) -> Application:
        return WSGIHandler()

    def keep_in_step(self) -> bool:
        """Write a new edition if pages have changed; whether it did. Raises OSError on a full disk."""
        stamp = read()
        if stamp == self._written and is_own(current().resolve()):
            return False
        with _alone():
            self._write()
        self._written = stamp
        _stamp_path().write_text(as_kept(stamp), encoding="utf-8")
        return True

    def _write(self) -> None:
        editions = Path(settings.PUBLIC_DIR) / "editions"
        editions.mkdir(parents=True, exist_ok=True)
        open_folder(editions)
        before, times = current().resolve(), FileTimes(current=current(), earlier=editions)
        target, headers = editions / f"{time.time_ns():020d}", ""
        try:
            for path in each(list(self._paths()), "Writing the edition"):
                if (page := finished_page(self._application, path)) is not None:
                    _save(page, target, path.strip("/"), times)
                    headers = digest_of(page) if path == "/" else headers
            target.mkdir(parents=True, exist_ok=True)
            open_tree(target)
            written = seal(target)
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise
        _swap_for_headers(written, headers)
        _swap(written)
        _prune(editions, (written, before))  # slow readers may still hold the one before open

    def _paths(self) -> Iterator[str]:
        for path in with_own_address().values_list("page__path", flat=True).iterator():
            yield page_url(path)
        for page in of_the_clinic():
            yield page.url


def written_stamp() -> str:
    """The stamp of the pages that were written last, as it is kept; "" for none."""
    with suppress(OSError, UnicodeError):
        return _stamp_path().read_text(encoding="utf-8")
    return ""


def as_kept(stamp: Value) -> str:
    """A stamp as text, the same in every process."""
    return json.dumps(stamp, default=str)


def _stamp_path() -> Path:
    return Path(settings.DATA_DIR) / "edition.json"


def finished_page(application: Application, path: str) -> FinishedPage | None:
    """The page as it would be kept in memory; None for one that never is, such as the form."""
    environ, answer = _request(path), list[Any]()
    body = b"".join(drain(application(environ, lambda *given: answer.extend(given))))
    return finish(body, answer[1]) if environ.get(MARK) else None


def _request(path: str) -> Environ:
    """GET, without a server between, as the site's own address would bring it."""
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }


def current() -> Path:
    """The link to the newest edition."""
    return Path(settings.PUBLIC_DIR) / "edition"


def _save(page: FinishedPage, edition: Path, place: str, times: FileTimes) -> None:
    bodies = {coding: page.variant(coding).whole.body for coding in ENDINGS}
    at, folder = times.of(place, bodies), edition / place
    folder.mkdir(parents=True, exist_ok=True)
    for coding, body in bodies.items():
        file = folder / f"{INDEX}{ENDINGS[coding]}"
        file.write_bytes(body)
        os.utime(file, (at, at))


def _swap(target: Path) -> None:
    """Lead PUBLIC_DIR/edition to the new folder."""
    _lead(current(), target)


def _swap_for_headers(target: Path, headers: str) -> None:
    """Lead the link for these headers to the new folder; those for others go. "": there is no home page yet."""
    own = current().with_name(f"{current().name}-{headers}") if headers else None
    if own:
        _lead(own, target)
    for other in current().parent.glob(f"{current().name}-*"):
        if other != own:
            _clear_folder(other)
            other.unlink(missing_ok=True)


def _lead(link: Path, target: Path) -> None:
    """In one step, so that a reader sees the old pages or the new ones."""
    _clear_folder(link)
    trial = link.with_name(f".{link.name}-{target.name}")
    trial.symlink_to(target.relative_to(trial.parent))
    trial.replace(link)


def _clear_folder(link: Path) -> None:
    """A copy of a data folder made by a tool that follows links has a folder in the place of each."""
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)


def _prune(editions: Path, kept: Collection[Path]) -> None:
    """Remove all editions but these: which is newer their names don't tell, as a clock may be set back."""
    for folder in editions.iterdir():
        if folder.is_dir() and folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone() -> Iterator[None]:
    """No two workers write an edition at once."""
    with (Path(settings.DATA_DIR) / "editions.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
