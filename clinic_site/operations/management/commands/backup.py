"""`manage.py backup [FOLDER]`: database, pictures, the clinic's words and the signing key in one file."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from clinic_site.operations import run_lock
from clinic_site.operations.backups.create import make
from clinic_site.operations.backups.manifest import Refused
from clinic_site.progress.steps import shown


class Command(BaseCommand):
    help = "Write all that cannot be made anew into one new file, beside the running site; prints where it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", help="Where to put it; BACKUP_DIR unless given.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"] or settings.BACKUP_DIR)
        try:
            run_lock.require_owner()
            run_lock.take_part()
            with shown():
                made = make(folder)
        except (Refused, run_lock.Occupied) as refusal:
            sys.exit(str(refusal))
        self.stdout.write(str(made.path))
        rows, files = sum(made.manifest.rows.values()), len(made.manifest.parts)
        self.stderr.write(
            f"{made.path.stat().st_size:,} bytes: {rows:,} rows, {files:,} files. It holds what patients "
            "wrote and the signing key: keep it where only you can read it."
        )
