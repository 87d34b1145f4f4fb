"""`manage.py maintenance on|off`: pages stay, the form asks patients to call."""

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from clinic_site import maintenance
from clinic_site.operations import run_lock
from clinic_site.operations.health.which_site import NoSite, require_started_site

SAID = {
    True: "The form is closed: patients are asked to call. Open it again with: manage.py maintenance off",
    False: "The form is open.",
}


class Command(BaseCommand):
    help = "Close the form while you work on the site, or open it; without a word, say which it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", nargs="?", choices=("on", "off"))

    def handle(self, *args: Any, **options: Any) -> str:
        try:
            run_lock.require_owner()
            require_started_site()
            if options["state"]:
                maintenance.switch(on=options["state"] == "on")
        except (run_lock.Occupied, NoSite) as refusal:
            sys.exit(f"Nothing was changed: {refusal}")
        except OSError as error:
            sys.exit(f"Nothing was changed: {error}.")
        return SAID[maintenance.is_on()]
