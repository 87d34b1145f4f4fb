"""The search room as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "clinic_site.search"
    verbose_name = "Search"
