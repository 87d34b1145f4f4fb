"""What `manage.py sync_content` and every start do: an upgrade's words reach content/, and content/ the site."""

from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from clinic_site.content_sync.report import FileOutcome, Report, Status
from clinic_site.content_sync.shipped.deliver_upgrade import Delivery, deliver
from clinic_site.content_sync.shipped.record_upgrade import sign_for
from clinic_site.content_sync.sync import sync


class DatabaseBusy(Exception):
    """Something else wrote to the database for too long. Nothing was changed; the message says what to do."""


def sync_content(*, only: Collection[str] = (), is_check: bool = False) -> Report:
    """Take CONTENT_DIR in; only those files, by their paths in it, if any are given. Raises DatabaseBusy.

    With `is_check` nothing changes, and the report says what would.
    """
    try:
        return _sync_content(only, is_check)
    except OperationalError as error:
        if "locked" in str(error) or "lock timeout" in str(error):
            raise DatabaseBusy(
                "The database is busy: something else has been writing to it for too long."
                " Nothing was changed; run `manage.py sync_content` again."
            ) from error
        raise


def _sync_content(only: Collection[str], is_check: bool) -> Report:
    """What comes with the code goes into a folder of the clinic's own first, unless only some files are meant."""
    folder, shipped = Path(settings.CONTENT_DIR), Path(settings.SHIPPED_CONTENT_DIR)
    is_whole = not (only or is_check)
    delivery = deliver(shipped=shipped, folder=folder) if is_whole else Delivery()
    report = sync(folder=folder, shipped=shipped, only=only, is_check=is_check)
    report.lines[:0] = [FileOutcome(Status.ARRIVED, *line) for line in delivery.lines]
    report.faults += delivery.faults
    if is_whole:
        report.conflicts += sign_for(delivery=delivery)
    return report
