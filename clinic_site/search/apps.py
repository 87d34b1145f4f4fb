"""The search room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "clinic_site.search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Register what the staff's first page asks for; it reads models, which are there from now on."""
        import_module("clinic_site.search.dashboard")
