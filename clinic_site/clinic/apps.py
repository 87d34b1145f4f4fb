"""The clinic room as a Django app."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "clinic_site.clinic"
    verbose_name = "The clinic"
