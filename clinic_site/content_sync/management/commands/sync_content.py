"""`manage.py sync_content [--check] [PATH ...]`: the files of content/ become pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic_site.content_sync.report import tell_sync
from clinic_site.content_sync.sync_content import DatabaseBusy, sync_content
from clinic_site.progress.steps import shown


class Command(BaseCommand):
    help = "Take content/ in: new and changed files become pages; what staff wrote stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="Only these files or folders.")
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; say what would happen."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        only = chosen(options["paths"], Path(settings.CONTENT_DIR))
        try:
            with shown():
                report = sync_content(only=only, is_check=options["check"])
        except DatabaseBusy as busy:
            raise CommandError(str(busy)) from busy
        trouble = tell_sync(
            report, self.stdout.write, self.stderr.write, verbosity=options["verbosity"]
        )
        if trouble:
            raise CommandError(trouble)


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
