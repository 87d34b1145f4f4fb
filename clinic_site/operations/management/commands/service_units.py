"""`manage.py service_units FOLDER`: the site's services for systemd; `make install-service` puts them in place."""

import os
import pwd
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic_site.operations.machine.service_units import service_units, written_folders


class Command(BaseCommand):
    help = "Write the site's services for systemd into a folder, and make the folders that they may write to."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Where to put them: /etc/systemd/system")
        parser.add_argument("--user", help="Who the site runs as; whoever runs this, unless given.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = options["user"] or pwd.getpwuid(os.geteuid()).pw_name
        if user == "root" and not options["user"]:
            raise CommandError(
                "The site should not run as root: run this as its user (sudo -u clinic), or say --user NAME."
            )
        for folder in written_folders():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        options["folder"].mkdir(parents=True, exist_ok=True)
        for name, text in service_units(user=user).items():
            file = options["folder"] / name
            file.write_text(text, encoding="utf-8")
            self.stdout.write(str(file))
