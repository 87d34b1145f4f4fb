"""The page cache as a Django app."""

from django.apps import AppConfig


class PagecacheConfig(AppConfig):
    name = "clinic_site.pagecache"
    verbose_name = "Served pages"
