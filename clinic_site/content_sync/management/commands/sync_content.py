"""`manage.py sync_content [--check] [PATH ...]`: the files of content/ become pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from clinic_site.content_sync.report import Line, Report, Status
from clinic_site.content_sync.report_lines import counted, tell, tell_faults
from clinic_site.content_sync.shipped.deliver_upgrade import Delivery, deliver
from clinic_site.content_sync.shipped.record_upgrade import sign_for
from clinic_site.content_sync.sync import sync

LOCKED = (
    "The database is busy: something else has been writing to it for too long. Nothing was changed;"
    " run the command again."
)


class Command(BaseCommand):
    help = "Take content/ in: new and changed files become pages; what staff wrote stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="Only these files or folders.")
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; say what would happen."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.CONTENT_DIR)
        only = chosen(options["paths"], folder)
        try:
            report = self.take_in(folder, only, options["check"])
        except OperationalError as error:
            if "locked" in str(error) or "lock timeout" in str(error):
                raise CommandError(LOCKED) from error
            raise
        told = tell_faults(report.faults, folder.name, self.stderr.write)
        tell(report, folder.name, self.stdout.write, verbosity=options["verbosity"])
        problems = []
        if report.faults:
            problems.append(f"{told}; what is at fault is held back, all else is taken in.")
        if report.conflicts:
            problems.append(
                f"{counted(len(report.conflicts), 'conflict')} to be settled by an editor."
            )
        if problems:
            raise CommandError(" ".join(problems))

    def take_in(self, folder: Path, only: set[str], is_check: bool) -> Report:
        """What comes with the code goes into a folder of the clinic's own first, unless only some files are meant."""
        shipped = Path(settings.SHIPPED_CONTENT_DIR)
        delivery = Delivery()
        if not (only or is_check):
            delivery = deliver(shipped=shipped, folder=folder)
        report = sync(folder=folder, shipped=shipped, only=only, is_check=is_check)
        report.lines[:0] = [Line(Status.ARRIVED, *line) for line in delivery.lines]
        report.faults += delivery.faults
        if not (only or is_check):
            report.conflicts += sign_for(delivery=delivery)
        return report


def chosen(paths: list[str], folder: Path) -> set[str]:
    """The files below `folder` that the paths name, as people write them; CommandError for none."""
    found: set[str] = set()
    for path in paths:
        tries = [Path.cwd() / path, folder / path, folder.parent / path]
        inside = [one.resolve() for one in tries if one.resolve().is_relative_to(folder.resolve())]
        there = [one for one in inside if one.exists()]
        if not there:
            raise CommandError(f"There is no file {path} in {folder}.")
        files = there[0].rglob("*.md") if there[0].is_dir() else [there[0]]
        found |= {file.relative_to(folder.resolve()).as_posix() for file in files}
    return found
