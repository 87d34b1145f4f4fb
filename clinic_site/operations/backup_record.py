"""DATA_DIR/backup.json: when the last backup was made."""

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

RESTORED = "backup-restored"  # a file without content


def write(at: datetime) -> None:
    """Keep when it was begun, with its zone, in one step. Raises OSError."""
    trial = _path().with_name(f".{_path().name}.{os.getpid()}")
    trial.write_text(json.dumps({"at": at.isoformat()}), encoding="utf-8")
    trial.replace(_path())


def read() -> datetime | None:
    """When the last backup was begun; None when there is none, or its record cannot be read."""
    try:
        at = datetime.fromisoformat(json.loads(_path().read_text(encoding="utf-8"))["at"])
        return at if at.tzinfo else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_restored() -> None:
    """A backup has been restored, into this folder or beside it: keep that it was tried. Raises OSError."""
    (Path(settings.DATA_DIR) / RESTORED).touch()


def was_restored() -> bool:
    """Whether that has been tried at least once."""
    return (Path(settings.DATA_DIR) / RESTORED).exists()


def _path() -> Path:
    return Path(settings.DATA_DIR) / "backup.json"
