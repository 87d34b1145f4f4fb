"""The staff room as a Django app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "clinic_site.staff"
    verbose_name = "Staff"
