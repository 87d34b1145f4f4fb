"""Looks at the running site, each at one thing: a fault or none. Nothing stays written, nothing is made anew."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F, Max
from django.utils import timezone

from clinic_site.enquiries.submission.write_lock import busy_until
from clinic_site.operations import backup_record, heartbeat, static_export
from clinic_site.operations.health import clock_watch, data_folder, limits
from clinic_site.operations.health.fault import Fault, database_fault
from clinic_site.outbox.models import OutboundEmail
from clinic_site.pagecache import stamp
from clinic_site.pagecache.models import Stamp
from clinic_site.pages.models import Revision

DATABASE_ERRORS = (DatabaseError, InterfaceError)
WAIT = 2.0  # seconds for a database that somebody holds; a patient's form takes a few


def data_fault() -> Fault | None:
    """The folder of all that the site writes is there, is the same, and can be written."""
    folder, database = Path(settings.DATA_DIR), connection.settings_dict["NAME"]
    text, advice = (
        f"{folder} is not there, or is another folder than before.",
        "Mount its disk again, or put the folder back. Do not start a new site over it.",
    )
    is_file = connection.vendor == "sqlite" and "mode=memory" not in str(database)
    if data_folder.is_another(folder) or (is_file and not Path(database).exists()):
        return Fault("data", text, advice)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".health-") as trial:
            trial.write(b"trial")
            trial.flush()
    except OSError as error:
        return Fault(
            "data",
            f"{folder} cannot be written ({error.strerror}).",
            "Make room on its disk, and see that it belongs to the site's user and is mounted for writing.",
        )
    return None


def database_write_fault() -> Fault | None:
    """A real write, taken back: what a patient's form would need."""
    try:
        with busy_until(time.monotonic() + WAIT), transaction.atomic():
            Stamp.objects.filter(pk=1).update(value=F("value"))
            transaction.set_rollback(True)
    except DATABASE_ERRORS as error:
        return database_fault(error)
    return None


def disk_faults() -> Iterator[Fault]:
    """The disks of the data, of the published pages and of the backups, each once."""
    seen = set()
    for name in (settings.DATA_DIR, settings.PUBLIC_DIR, settings.BACKUP_DIR):
        place = Path(name)
        with suppress(OSError):
            if (device := place.stat().st_dev) in seen:
                continue
            seen.add(device)
            found = os.statvfs(place)
            files = found.f_favail if found.f_files else None
            if fault := limits.room_fault(str(place), shutil.disk_usage(place).free, files):
                yield fault


def worker_faults() -> Iterator[Fault]:
    """The worker lives, and none of its jobs fails again and again."""
    beat = heartbeat.read()
    if beat is None or not beat.is_fresh():
        yield Fault(
            "worker",
            "The worker is not running: no mail is sent.",
            "Start it: sudo systemctl restart clinic-worker (or make run). Its log: journalctl -u clinic-worker -n 50.",
        )
        return
    for name in beat.failing(heartbeat.SEVERAL):
        yield Fault(
            "worker",
            f"The worker's job “{name}” fails each time.",
            f"The log says why, in lines with “{name}”. It is tried again by itself.",
        )


def mail_fault() -> Fault | None:
    """Mail goes out."""
    late = OutboundEmail.objects.overdue(timezone.now() - limits.LATE_MAIL)
    newest = late.aggregate(newest=Max("created_at"))["newest"]
    sent = OutboundEmail.objects.sent().aggregate(last=Max("sent_at"))["last"] if newest else None
    overdue = late.count() if newest else 0
    return limits.mail_fault(overdue=overdue, newest=newest, last_sent=sent)


def backup_fault() -> Fault | None:
    """There is a backup of the last day."""
    last, began = backup_record.read(), None
    if last is None:
        found = MigrationRecorder(connection).migration_qs
        began = found.order_by("applied").values_list("applied", flat=True).first()
    return limits.backup_fault(last=last, began=began, now=datetime.now(UTC))


def clock_fault() -> Fault | None:
    """Nothing was written in the future, and the clock has not just jumped."""
    if (jumped := clock_watch.recent_jump()) is not None:
        return limits.jump_fault(jumped)
    asked = (
        Revision.objects.aggregate(at=Max("created_at")),
        OutboundEmail.objects.aggregate(at=Max("created_at")),
    )
    newest = max((one["at"] for one in asked if one["at"]), default=None)
    return limits.clock_fault(newest=newest, now=timezone.now())


def pages_fault() -> Fault | None:
    """The pages on disk are those that are live, or became old only now."""
    is_behind = static_export.written_stamp() != static_export.as_kept(stamp.read())
    return limits.pages_fault(_LAG.seconds(is_behind=is_behind))


class _Lag:
    """For how long something has been so, by a clock that never jumps; asked by one at a time."""

    def __init__(self) -> None:
        self._since: float | None = None

    def seconds(self, *, is_behind: bool) -> float:
        """0.0 while it is not so."""
        self._since = (self._since or time.monotonic()) if is_behind else None
        return 0.0 if self._since is None else time.monotonic() - self._since


_LAG = _Lag()
