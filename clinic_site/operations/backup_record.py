"""DATA_DIR/backup.json: when the last backup was made, where it is and how much is in it."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

RESTORED = "backup-restored"  # a file without content


@dataclass(frozen=True)
class LastBackup:
    """`at`: when it was begun, with its zone."""

    at: datetime
    path: str
    size: int
    rows: int


def write(last: LastBackup) -> None:
    """Keep it, in one step. Raises OSError."""
    said = {"at": last.at.isoformat(), "path": last.path, "size": last.size, "rows": last.rows}
    trial = _path().with_name(f".{_path().name}.{os.getpid()}")
    trial.write_text(json.dumps(said), encoding="utf-8")
    trial.replace(_path())


def read() -> LastBackup | None:
    """The last backup; None when there is none, or its record cannot be read."""
    try:
        said = json.loads(_path().read_text(encoding="utf-8"))
        at = datetime.fromisoformat(said["at"])
        return (
            LastBackup(at, str(said["path"]), int(said["size"]), int(said["rows"]))
            if at.tzinfo
            else None
        )
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
