"""The operations room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "clinic_site.operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        """Register what lower rooms ask this one for; these modules read models, which are there from now on."""
        import_module("clinic_site.operations.dashboard")
