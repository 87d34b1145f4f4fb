"""The worker's job: a backup every night, and of the older ones only those that are to be kept."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clinic_site.operations import backup_record
from clinic_site.operations.backups.create import make
from clinic_site.operations.backups.manifest import Refused
from clinic_site.operations.backups.rotation import Keep, made_at

HOUR = 3  # o'clock at the clinic, when nobody asks for a visit
logger = logging.getLogger(__name__)


def back_up_nightly() -> bool:
    """Make this night's backup unless there is one, at once where there is none at all; whether it did.

    Raises Refused, so that the job counts as failed and is tried again.
    """
    last = backup_record.read()
    if not settings.BACKUP_NIGHTLY or (last is not None and not is_due(last, timezone.localtime())):
        return False
    folder = Path(settings.BACKUP_DIR)
    try:
        make(folder)
    except Refused as refusal:
        logger.error("The nightly backup: %s", refusal)
        raise
    remove_old(folder, Keep(*settings.BACKUP_KEEP))
    return True


def is_due(last: datetime, now: datetime) -> bool:
    """Whether the hour of the backups has come since the last one; after a clock that was ahead, once a day has passed.

    Both with their zones; `now` in that of the clinic.
    """
    night = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    latest = night if night <= now else night - timedelta(days=1)
    return last < latest or last > now + timedelta(minutes=10)


def remove_old(folder: Path, keep: Keep) -> list[Path]:
    """Delete the backups in the folder that are not to be kept; what is no backup of ours stays."""
    names = [path.name for path in folder.iterdir() if path.is_file() and made_at(path.name)]
    gone = [folder / name for name in sorted(set(names) - keep.kept(names))]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
