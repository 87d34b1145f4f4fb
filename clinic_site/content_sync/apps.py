"""The content_sync room as a Django app."""

from django.apps import AppConfig


class ContentSyncConfig(AppConfig):
    name = "clinic_site.content_sync"
    verbose_name = "Content files"
