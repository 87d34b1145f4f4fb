"""`manage.py doctor`: what is wrong now, and what to type."""

import sys
from typing import Any

from django.core.management import BaseCommand

from clinic_site import maintenance
from clinic_site.operations.health.http_probe import alive_fault
from clinic_site.operations.health.readiness import faults
from clinic_site.operations.health.which_site import which_site


class Command(BaseCommand):
    help = "Look at everything that /readyz looks at, and whether the site answers at all; say what to do."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(which_site())
        found = [fault for fault in (alive_fault(),) if fault] + faults()
        for number, fault in enumerate(found, start=1):
            self.stdout.write(f"\n{number}. {fault.text}\n   {fault.advice}")
        if maintenance.is_on():
            self.stdout.write("\nThe form is closed; open it with: manage.py maintenance off")
        if found:
            sys.exit(1)
        self.stdout.write("Nothing is wrong that can be seen from here.")
