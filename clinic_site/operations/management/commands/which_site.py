"""`manage.py which_site`: the site that commands work on here: its address, its data, and the file that says so."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand


class Command(BaseCommand):
    help = "Say which site manage.py and make work on here, and where that is set."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> str:
        said = settings.ENV_FILE or "no clinic.env; variables of this shell, or defaults"
        return f"The site of {settings.SITE_URL}, its data in {settings.DATA_DIR} (settings from: {said})."
