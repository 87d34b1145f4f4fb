"""`manage.py serve`: prepare the site and serve it, as `make run` and the container do."""

import signal
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command
from django.db import connections
from gunicorn.app.wsgiapp import run as gunicorn

from clinic_site.file_modes import open_file
from clinic_site.operations import run_lock
from clinic_site.operations.port_check import AddressRefused, require_free
from clinic_site.operations.proxy_config import NoPage, proxy_config
from clinic_site.operations.startup import NotReady, prepare
from clinic_site.operations.supervisor import Part, Supervisor
from clinic_site.progress.steps import shown


class Command(BaseCommand):
    help = "Prepare the database, the words and the static files, then serve the site until told to stop."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--without-worker",
            action="store_true",
            help="The web server alone; the worker is a service of its own (manage.py run_worker).",
        )
        parser.add_argument(
            "--caddyfile",
            type=Path,
            metavar="FILE",
            help="Write the configuration of a Caddy (2.7 or later) in front there, at each start.",
        )
        parser.add_argument(
            "--upstream", default="", help="The site as that Caddy sees it: host:port."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            run_lock.take_part()
            require_free(settings.BIND, settings.PORT)
            with shown():
                prepare(say=self.stdout.write, warn=self.stderr.write)
            if options["caddyfile"]:
                write_caddyfile(options["caddyfile"], upstream=options["upstream"])
        except KeyboardInterrupt:
            sys.exit(0)
        except (AddressRefused, NoPage, NotReady, run_lock.Occupied) as refusal:
            sys.exit(str(refusal))
        self.stdout.write(f"The site is at {settings.SITE_URL}/ (stop it with Ctrl-C).")
        self.stdout.write(
            f"Staff sign in at {settings.SITE_URL}/admin/; make the first account with: make staff"
        )
        self.stdout.flush()
        connections.close_all()
        sys.exit(Supervisor(parts(has_worker=not options["without_worker"])).run())


def parts(*, has_worker: bool) -> list[Part]:
    """The web server, and the worker for mail and other background work."""
    web = Part("web", serve_web, is_essential=True, renewed_by=signal.SIGHUP)
    worker = Part(
        "worker", lambda: call_command("run_worker", with_parent=True), is_essential=False
    )
    return [web, worker] if has_worker else [web]


def write_caddyfile(file: Path, *, upstream: str) -> None:
    """In one step, and for everybody to read: Caddy in a container of its own looks at it."""
    trial = file.with_name(f".{file.name}")
    trial.write_text(
        proxy_config("caddy", upstream=upstream, is_newer_caddy=True), encoding="utf-8"
    )
    open_file(trial)
    trial.replace(file)


def serve_web() -> None:
    """Be gunicorn."""
    sys.argv = ["gunicorn", "--config", "python:clinic_site.gunicorn_conf"]
    gunicorn()
