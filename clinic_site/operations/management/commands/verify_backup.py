"""`manage.py verify_backup [FILE]`: open a backup whole, compare every checksum, count what is in it."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from clinic_site.operations import run_lock
from clinic_site.operations.backups.manifest import MEDIA, Manifest, Refused
from clinic_site.operations.backups.verify import newest, verify
from clinic_site.progress.steps import shown

COUNTED = {
    "enquiries": "enquiries_enquiry",
    "mails": "outbox_outboundemail",
    "pages": "pages_page",
    "revisions": "pages_revision",
    "accounts": "auth_user",
}


class Command(BaseCommand):
    help = "Open a backup whole and count what is in it. The site may run and is not touched."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="The newest in BACKUP_DIR unless given.")
        parser.add_argument("--identity", help="The file of age's private key, where it is needed.")

    def handle(self, *args: Any, **options: Any) -> None:
        identity = Path(options["identity"]) if options["identity"] else None
        try:
            run_lock.require_owner()
            given = options["file"]
            backup = Path(given).expanduser().resolve() if given else newest(settings.BACKUP_DIR)
            with shown():
                found = verify(backup, identity=identity)
        except (Refused, run_lock.Occupied) as refusal:
            sys.exit(str(refusal))
        self.stdout.write(f"{backup} is whole: release {found.release}, made at {found.made_at}.")
        self.stdout.write(counts(found))


def counts(found: Manifest) -> str:
    """How much of what people know is in it."""
    said = [f"{found.rows.get(table, 0):,} {name}" for name, table in COUNTED.items()]
    pictures = sum(name.startswith(f"{MEDIA}/") for name in found.parts)
    return ", ".join([*said, f"{pictures:,} files of pictures"]) + "."
