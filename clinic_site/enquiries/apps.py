"""The enquiries room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "clinic_site.enquiries"
    verbose_name = "Enquiries"

    def ready(self) -> None:
        """Register what lower rooms ask this one for; these modules read models, which are there from now on."""
        import_module("clinic_site.enquiries.inbox.dashboard")
