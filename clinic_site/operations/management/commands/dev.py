"""`manage.py dev`: the development server; every file that comes, changes or goes is taken in, and browsers follow."""

import sys
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command

from clinic_site.operations import run_lock
from clinic_site.operations.development.watching import ONCE, follow, serve_again_and_again
from clinic_site.operations.port_check import AddressRefused, require_free
from clinic_site.operations.startup import NotReady, migrate, put_in_order, take_content_in
from clinic_site.search.index.indexing import keep_in_step


class Command(BaseCommand):
    help = "Serve the site for development: takes changes of code, templates and content/ in, and reloads browsers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(ONCE, action="store_true", help="Serve the code as it is now.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run_lock.take_part()
            if options["once"]:
                self.serve()
            else:
                self.watch()
        except (AddressRefused, NotReady, run_lock.Occupied) as refusal:
            sys.exit(str(refusal))

    def watch(self) -> None:
        """Keep a process that serves, and start it anew when code has changed."""
        require_free(settings.BIND, settings.PORT)
        self.stdout.write(
            f"Development server at http://localhost:{settings.PORT}/ (stop it with Ctrl-C)."
        )
        serve_again_and_again()

    def serve(self) -> None:
        """Bring database and words up to date, keep the words so, and serve."""
        put_in_order(say=self.stderr.write)
        migrate()
        take_content_in(say=self.stdout.write, warn=self.stderr.write)
        keep_in_step()
        told = {"say": self.stdout.write, "warn": self.stderr.write}
        Thread(target=follow, kwargs=told, daemon=True).start()
        call_command("runserver", f"{settings.BIND}:{settings.PORT}", use_reloader=False)
