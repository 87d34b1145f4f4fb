"""The clinic room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "clinic_site.clinic"
    verbose_name = "The clinic"

    def ready(self) -> None:
        """Have Django know the room's system checks, which read its models."""
        import_module("clinic_site.clinic.system_checks")
