"""The content_sync room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class ContentSyncConfig(AppConfig):
    name = "clinic_site.content_sync"
    verbose_name = "Content files"

    def ready(self) -> None:
        """Register what lower rooms ask this one for; these modules read models, which are there from now on."""
        import_module("clinic_site.content_sync.dashboard")
