"""Tell search engines which addresses have changed (indexnow.org). Off until INDEXNOW_KEY is set.

DATA_DIR/indexnow.json remembers up to when they have been told, so nothing is told twice and a
publish that was scheduled is told once its time has come. What fails is tried again, later and later.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from clinic_site.clinic.models import Clinic
from clinic_site.operations.http_connection import connected
from clinic_site.pages.layouts import LAYOUTS, has_own_address
from clinic_site.pages.models import Revision, page_url
from clinic_site.pages.rendering import practitioners
from clinic_site.pages.rendering.page_lists import of_the_clinic

ENDPOINT = "https://api.indexnow.org/indexnow"  # shares with all engines that take part
PER_CALL = 10_000  # addresses, by the protocol
TIMEOUT = 10.0  # seconds
SETTLED = timedelta(seconds=30)  # what was published later may still be in its transaction
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
logger = logging.getLogger(__name__)


class NotTaken(Exception):
    """The search engines' server did not take the addresses; the message says how it answered."""


@dataclass(frozen=True)
class Progress:
    """Up to when they have been told, how often in a row that failed, and when to try again."""

    until: datetime
    failures: int = 0
    again_at: datetime | None = None


def tell_search_engines() -> int:
    """Tell them of every change since the last time; how many addresses. The first run only begins to count."""
    if not settings.INDEXNOW_KEY or not settings.SITE_INDEXABLE:
        return 0
    clinic = Clinic.objects.first()
    if clinic is not None and clinic.is_sample:
        return 0
    now = timezone.now()
    progress = _read()
    if progress is None:
        _write(Progress(until=now - SETTLED))
        return 0
    if progress.again_at and now < progress.again_at:
        return 0
    addresses = changed_addresses(after=progress.until, until=now - SETTLED)
    try:
        for start in range(0, len(addresses), PER_CALL):
            _send(addresses[start : start + PER_CALL])
    except (NotTaken, OSError, HTTPException) as error:
        wait = min(FIRST_WAIT * 2**progress.failures, LONGEST_WAIT)
        logger.error("IndexNow: %s; tried again in %s", _reason(error), wait)
        _write(replace(progress, failures=min(progress.failures + 1, 20), again_at=now + wait))
        return 0
    _write(Progress(until=now - SETTLED))
    return len(addresses)


def changed_addresses(*, after: datetime, until: datetime) -> Sequence[str]:
    """The absolute addresses whose words changed in that time, withdrawn pages included; an entry's is its index's.

    The page about people changes with them, and comes and goes with the first and the last.
    """
    revisions = Revision.objects.filter(publish_at__gt=after, publish_at__lte=until)
    found = revisions.with_their_people().select_related("page").order_by("publish_at", "pk")
    addresses = [one for revision in found for one in _addresses(revision)]
    changed_at = practitioners.changed_at()
    if changed_at and after < changed_at <= until and (path := practitioners.page_path()):
        own = (page.url for page in of_the_clinic() if page.path.startswith(f"{path}/"))
        addresses += [settings.SITE_URL + one for one in (page_url(path), *own)]
    return list(dict.fromkeys(addresses))


def _addresses(revision: Revision) -> Sequence[str]:
    page = revision.page
    own = [page_url(page.path)] if has_own_address(layout=page.layout, body=revision.body) else []
    index = [page_url(page.parent_path)] if LAYOUTS[page.layout].stands_on_index else []
    return [settings.SITE_URL + path for path in (*own, *index)]


def _send(addresses: Sequence[str]) -> None:
    """One call; raises NotTaken, OSError or HTTPException."""
    key = settings.INDEXNOW_KEY
    message = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": key,
        "keyLocation": f"{settings.SITE_URL}/{key}.txt",
        "urlList": list(addresses),
    }
    headers = {"Content-Type": "application/json; charset=utf-8"}
    with connected(ENDPOINT, patience=TIMEOUT) as connection:
        path = urlsplit(ENDPOINT).path
        connection.request("POST", path, json.dumps(message).encode(), headers)
        status = connection.getresponse().status
    if status not in (200, 202):
        raise NotTaken(f"answered with {status}")


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, NotTaken) else type(error).__name__


def _place() -> Path:
    return Path(settings.DATA_DIR) / "indexnow.json"


def _read() -> Progress | None:
    """What was written last; None when there is nothing, or nothing that can be read."""
    try:
        kept = json.loads(_place().read_text())
        again_at = kept["again_at"] and datetime.fromisoformat(kept["again_at"])
        return Progress(
            datetime.fromisoformat(kept["until"]), int(kept["failures"]), again_at or None
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(progress: Progress) -> None:
    kept = {
        "until": progress.until.isoformat(),
        "failures": progress.failures,
        "again_at": progress.again_at and progress.again_at.isoformat(),
    }
    trial = _place().with_suffix(".new")
    trial.write_text(json.dumps(kept))
    trial.replace(_place())
