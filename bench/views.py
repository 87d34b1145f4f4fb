"""Databases of a chosen size, and views of them through Django in this process."""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from clinic_site.pages.models import Page, Revision

PAGE = "/first-session/"
PAGE_VIEW = "a page view through Django"
SENTENCES = "Rest a little, then move gently as you can. " * 60
BODY = f"## What to know\n\nA short answer.\n\n{SENTENCES}"


@contextmanager
def databases() -> Iterator[None]:
    """The connection may be led elsewhere within; it is closed at the end."""
    with closing(connection):
        yield


def use(database: Path) -> None:
    """Lead the connection to this file."""
    connection.close()
    connection.settings_dict["NAME"] = database


def fill(database: Path, size: int) -> Path:
    """The shipped content and that many pages more, in a file of its own, which is in use from now on."""
    use(database)
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
    return database


def analyse() -> None:
    """Let SQLite know how its tables are filled."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Viewer:
    """Somebody who asks Django for pages, past the memory of finished ones."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "localhost"})

    def view(self, path: str) -> float:
        """Milliseconds of one view; RuntimeError when it is no page."""
        gc.collect(0)
        began = perf_counter()
        response = self.client.get(path)
        took = (perf_counter() - began) * 1000
        if response.status_code != 200 or not response.content:
            raise RuntimeError(f"{path} answers {response.status_code}")
        return took
