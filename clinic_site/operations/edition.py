"""The edition: every page as files, so that a web server serves patients even while the application is down.

DATA_DIR/edition leads to the newest folder below DATA_DIR/editions; it is swapped in one step, so a
reader sees the old pages or the new ones, whole. The bytes are those that the application serves.
"""

import os
import shutil
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils.http import parse_http_date

from clinic_site.operations.asking import ask
from clinic_site.pagecache.finished import FinishedPage, finish
from clinic_site.pagecache.serving import MARK, Application
from clinic_site.pagecache.stamp import Value, read
from clinic_site.pages.listing import with_own_address
from clinic_site.pages.models import page_url

KEPT = 2  # editions: the one that is read now, and the one before it, which slow readers may still hold open
ENDINGS = {"identity": "", "gzip": ".gz", "br": ".br"}


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
        if stamp == self._written and current().exists():
            return False
        self._write()
        self._written = stamp
        return True

    def _write(self) -> None:
        editions = Path(settings.DATA_DIR) / "editions"
        target = editions / f"{time.time_ns():020d}"
        try:
            for path in self._paths():
                if (page := finished_page(self._application, path)) is not None:
                    _save(page, target / path.strip("/"))
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise
        _swap(target)
        _prune(editions)

    def _paths(self) -> Iterator[str]:
        for path in with_own_address().values_list("page__path", flat=True).iterator():
            yield page_url(path)


def finished_page(application: Application, path: str) -> FinishedPage | None:
    """The page as it would be kept in memory; None for one that never is, such as the form."""
    answer = ask(application, path)
    return finish(answer.body, answer.headers) if answer.environ.get(MARK) else None


def current() -> Path:
    """The link to the newest edition."""
    return Path(settings.DATA_DIR) / "edition"


def _save(page: FinishedPage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for coding, ending in ENDINGS.items():
        reply = page.variant(coding).whole
        file = folder / f"index.html{ending}"
        file.write_bytes(reply.body)
        if changed := dict(reply.headers).get("Last-Modified"):
            at = parse_http_date(changed)
            os.utime(file, (at, at))  # what a web server says of when the page changed


def _swap(target: Path) -> None:
    """Lead DATA_DIR/edition to the new folder in one step."""
    target.mkdir(parents=True, exist_ok=True)
    if current().is_dir() and not current().is_symlink():
        shutil.rmtree(current())  # a copy of a data folder made by a tool that follows links
    trial = current().with_name(f".edition-{target.name}")
    trial.symlink_to(target.relative_to(trial.parent))
    trial.replace(current())


def _prune(editions: Path) -> None:
    """Remove all but the newest editions."""
    folders = sorted(folder for folder in editions.iterdir() if folder.is_dir())
    for old in folders[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
