"""`manage.py restore FILE`: the site as it was when that backup was made; what it replaces is kept aside."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from clinic_site.operations import backup_record, run_lock
from clinic_site.operations.backups.manifest import SECRET_KEY, Refused
from clinic_site.operations.backups.restore import restore
from clinic_site.operations.health.which_site import which_site
from clinic_site.progress.steps import shown


class Command(BaseCommand):
    help = "Check a backup whole, then put it in place of what is there. The site must not run."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="What manage.py backup made.")
        parser.add_argument("--identity", help="The file of age's private key, where it is needed.")

    def handle(self, *args: Any, **options: Any) -> None:
        is_given = _key() != settings.SECRET_KEY
        try:
            run_lock.require_owner()
            identity = Path(options["identity"]) if options["identity"] else None
            backup = Path(options["file"]).expanduser().resolve()
            with shown():
                restored = restore(backup, identity=identity)
        except (Refused, run_lock.Occupied) as refusal:
            sys.exit(str(refusal))
        backup_record.write_restored()
        self.stdout.write(f"Restored, as it was at {restored.manifest.made_at}.")
        self.stdout.write(which_site())
        self.stdout.write(f"The clinic's words are in {settings.CONTENT_DIR}.")
        for path in restored.kept:
            self.stdout.write(f"What was there before is kept: {path}")
        if is_given and _key() != settings.SECRET_KEY:
            self.stderr.write(
                "SECRET_KEY is set and is not the key of this backup: leave it out, or on several machines write the "
                f"one in {settings.DATA_DIR}/{SECRET_KEY} there, or links in mails of before lead nowhere."
            )


def _key() -> str:
    """The key in DATA_DIR; not the one in force where the variable SECRET_KEY names another."""
    path = Path(settings.DATA_DIR) / SECRET_KEY
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
