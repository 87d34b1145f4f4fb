"""The operations room as a Django app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "clinic_site.operations"
    verbose_name = "Operations"
