"""`manage.py sync_content [--check] [PATH ...]`: the files of content/ become pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from clinic_site.content_sync.report import ContentFaults, Report, Status
from clinic_site.content_sync.syncing import sync

LOCKED = (
    "The database is busy: something else has been writing to it for too long. Nothing was changed;"
    " run the command again."
)


class Command(BaseCommand):
    help = "Take content/ in: new and changed files become pages; what staff wrote stays."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="Only these files or folders.")
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; say what would happen."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.CONTENT_DIR)
        only = chosen(options["paths"], folder)
        try:
            report = sync(folder=folder, only=only, is_check=options["check"])
        except ContentFaults as faulty:
            for fault in faulty.faults:
                self.stderr.write(f"{folder.name}/{fault.path}:{fault.line}: {fault.message}")
            count = len(faulty.faults)
            raise CommandError(
                f"{count} {'fault' if count == 1 else 'faults'}; nothing was changed."
            ) from None
        except OperationalError as error:
            if "locked" in str(error) or "lock timeout" in str(error):
                raise CommandError(LOCKED) from error
            raise
        self.tell(report, folder.name, is_loud=options["verbosity"] > 1)
        if waiting := len(report.conflicts):
            raise CommandError(
                f"{waiting} {'conflict waits' if waiting == 1 else 'conflicts wait'} for an editor."
            )

    def tell(self, report: Report, folder: str, *, is_loud: bool) -> None:
        """A line for each file that something became of (-v 2: for all), then the summary."""
        for line in report.lines:
            if is_loud or line.status is not Status.UNCHANGED:
                words = f": {line.words}" if line.words else ""
                self.stdout.write(f"{line.status:<13}{folder}/{line.path}{words}")
        self.stdout.write(report.summary)


def chosen(paths: list[str], folder: Path) -> set[str]:
    """The files below `folder` that the paths name, as people write them; CommandError for none."""
    found: set[str] = set()
    for path in paths:
        candidates = [Path(path).absolute(), folder / path, folder.parent / path]
        inside = [one for one in candidates if one.is_relative_to(folder) and one.exists()]
        if not inside:
            raise CommandError(f"There is no file {path} in {folder}.")
        files = inside[0].rglob("*.md") if inside[0].is_dir() else [inside[0]]
        found |= {file.relative_to(folder).as_posix() for file in files}
    return found
