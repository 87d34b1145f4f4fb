"""`manage.py which_site`: the site that commands work on here: its address, its data, and the file that says so."""

from typing import Any

from django.core.management import BaseCommand

from clinic_site.operations.health.which_site import which_site


class Command(BaseCommand):
    help = "Say which site manage.py and make work on here, and where that is set."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> str:
        return which_site()
