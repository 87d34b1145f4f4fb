"""`manage.py export_content [--to DIR]`: the live site becomes files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic_site.content_sync.export import export
from clinic_site.content_sync.report import ContentFaults, tell, tell_faults


class Command(BaseCommand):
    help = "Write what is live into content/ (or another folder): a diff shows what staff changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", metavar="DIR", help="Another folder than content/.")

    def handle(self, *args: Any, **options: Any) -> None:
        home = Path(settings.CONTENT_DIR)
        folder = Path(options["to"]).absolute() if options["to"] else home
        try:
            report = export(folder=folder, is_home=folder.resolve() == home.resolve())
        except ContentFaults as faulty:
            faults = tell_faults(faulty.faults, folder.name, self.stderr.write)
            raise CommandError(f"{faults}; nothing was changed.") from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        tell(report, folder.name, self.stdout.write, verbosity=options["verbosity"])
