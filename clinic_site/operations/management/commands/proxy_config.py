"""`manage.py proxy_config nginx > /etc/nginx/sites-enabled/clinic`: a web server that serves the edition."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic_site.file_modes import first_barrier
from clinic_site.operations.proxy_config import SERVERS, NoPage, proxy_config


class Command(BaseCommand):
    help = "Print the configuration of a web server that serves patients from the edition folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("server", choices=SERVERS)
        parser.add_argument("--listen", default="", help="port or address; default: as in SITE_URL")

        parser.add_argument("--upstream", default="", help="the application as host:port")
        parser.add_argument("--newer-caddy", action="store_true", help="for Caddy 2.7 and later")

    def handle(self, *args: Any, **options: Any) -> str:
        if barrier := first_barrier(settings.PUBLIC_DIR):
            self.stderr.write(
                f"A web server with a user of its own cannot pass {barrier}: chmod o+x {barrier},"
                " or set PUBLIC_DIR to a folder that it can reach, such as /var/lib/clinic-public."
            )
        try:
            return proxy_config(
                options["server"],
                listen=options["listen"],
                upstream=options["upstream"],
                is_newer_caddy=options["newer_caddy"],
            )
        except NoPage as error:
            raise CommandError(str(error)) from error
