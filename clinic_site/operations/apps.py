"""The operations room as a Django app."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from clinic_site.operations.health import data_folder


class OperationsConfig(AppConfig):
    name = "clinic_site.operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        """Register what lower rooms ask this one for; these modules read models, which are there from now on."""
        import_module("clinic_site.operations.dashboard")
        import_module("clinic_site.operations.first_steps")
        data_folder.remember(Path(settings.DATA_DIR))
