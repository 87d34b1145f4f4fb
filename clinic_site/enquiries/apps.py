"""The enquiries room as a Django app."""

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "clinic_site.enquiries"
    verbose_name = "Enquiries"
