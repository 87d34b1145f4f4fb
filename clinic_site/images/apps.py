"""The images room as a Django app."""

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "clinic_site.images"
    verbose_name = "Images"
