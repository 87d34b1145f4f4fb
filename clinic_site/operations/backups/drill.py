"""A drill: the newest backup restored into a folder of its own, by the same command that an operator would type."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from clinic_site.operations import backup_record
from clinic_site.operations.backups.create import WORKSHOP
from clinic_site.operations.backups.manifest import Refused

PATIENCE = 3600.0  # seconds
# Nothing of this site's own settings: its store of pictures would take part.
APART = ("env", "-u", "SECRET_KEY", "-u", "MEDIA_STORE_URL", f"CLINIC_ENV={os.devnull}")


def restore_aside(backup: Path, *, identity: Path | None = None) -> None:
    """Restore it beside the site, which is not touched, then delete that. Raises Refused with what the command says.

    Into SQLite only: a second PostgreSQL is the operator's to give.
    """
    with TemporaryDirectory(prefix=WORKSHOP, dir=backup.parent) as place:
        folders = {
            name: str(Path(place, name.lower()))
            for name in ("DATA_DIR", "PUBLIC_DIR", "CONTENT_DIR", "BACKUP_DIR")
        }
        elsewhere = {"DATABASE_URL": f"sqlite:///{folders['DATA_DIR']}/db.sqlite3"}
        variables = [f"{name}={value}" for name, value in (folders | elsewhere).items()]
        given = ["--identity", str(identity)] if identity else []
        command = [sys.executable, "manage.py", "restore", str(backup), *given]
        done = subprocess.run(
            [*APART, *variables, *command],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        if done.returncode:
            raise Refused(done.stderr.strip() or done.stdout.strip())
    backup_record.write_restored()
