"""`manage.py go_live`: everything that has to be so before patients come, tried, with what to do where it is not."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from clinic_site.operations import run_lock
from clinic_site.operations.go_live.checklist import checklist
from clinic_site.operations.go_live.point import Standing
from clinic_site.operations.health.which_site import which_site


class Command(BaseCommand):
    help = "Try everything that has to be so before patients come; exit code 1 while something is to be done."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mail-to",
            default="",
            help="Who gets the test mail; the clinic's own address unless given.",
        )
        parser.add_argument(
            "--identity", type=Path, help="The file of age's private key, for encrypted backups."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run_lock.require_owner()
        except run_lock.Occupied as refusal:
            sys.exit(str(refusal))
        self.stdout.write(which_site())
        left = 0
        for point in checklist(mail_to=options["mail_to"], identity=options["identity"]):
            left += point.standing is Standing.TO_DO
            self.stdout.write(f"[{point.standing.value}] {point.name}: {point.text}")
            if point.advice:
                self.stdout.write(f"    {point.advice}")
            self.stdout.flush()
        if left:
            sys.exit(f"{left} to do, then run this again.")
        self.stdout.write("Nothing is left to do: patients may come.")
