"""Which files `manage.py dev` watches, and what follows when one comes, changes, is renamed or goes."""

import shlex
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.template.autoreload import reset_loaders
from watchfiles import Change, DefaultFilter, run_process, watch

from clinic_site.operations.development.browser_reload import changes
from clinic_site.operations.startup import Say, take_content_in
from clinic_site.pagecache.stamp import READ_EVERY
from clinic_site.search.index.indexing import keep_in_step

CODE, STYLES = settings.BASE_DIR / "clinic_site", settings.BASE_DIR / "static" / "css"
TEMPLATES, STATIC = settings.BASE_DIR / "templates", settings.BASE_DIR / "static"
ONCE = "--once"
DEBOUNCE = 300  # milliseconds: an editor writes a file in several goes


class OfCode(DefaultFilter):
    """What a process reads once, when it starts: code with the lists beside it, settings, and the styles of pages."""

    def __call__(self, change: Change, path: str) -> bool:
        return Path(path).suffix in (".py", ".yaml", ".txt", ".css") and super().__call__(
            change, path
        )


def serve_again_and_again() -> None:
    """Run `manage.py dev --once` in a process of its own, anew after each change of code, until it is stopped."""
    command = shlex.join((sys.executable, str(settings.BASE_DIR / "manage.py"), "dev", ONCE))
    run_process(
        CODE,
        STYLES,
        target=command,
        target_type="command",
        watch_filter=OfCode(),
        debounce=DEBOUNCE,
    )


def follow(*, say: Say, warn: Say) -> None:
    """Take every change of words, templates, scripts and pictures in, for ever: the work of a thread."""
    for found in watch(settings.CONTENT_DIR, TEMPLATES, STATIC, debounce=DEBOUNCE):
        take_in((Path(path) for _, path in found), say=say, warn=warn)


def take_in(paths: Iterable[Path], *, say: Say, warn: Say) -> None:
    """What follows from files that have come, changed or gone."""
    changed = list(paths)
    if _is_any_in(settings.CONTENT_DIR, changed):
        take_content_in(say=say, warn=warn)
        keep_in_step()
        time.sleep(READ_EVERY)  # by then the menu knows of it too
    if _is_any_in(TEMPLATES, changed):
        reset_loaders()
    changes.tell()


def _is_any_in(folder: Path, paths: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for path in paths)
