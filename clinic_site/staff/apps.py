"""The staff room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "clinic_site.staff"
    verbose_name = "Staff"

    def ready(self) -> None:
        """Have Django know the room's system checks and its lines of the first page, which read its models."""
        import_module("clinic_site.staff.system_checks")
        import_module("clinic_site.staff.dashboard_lines")
