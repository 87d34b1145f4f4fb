"""The pages room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "clinic_site.pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Register what lower rooms ask this one for; these modules read models, which are there from now on."""
        import_module("clinic_site.pages.checks.words_elsewhere")
        import_module("clinic_site.pages.dashboard")
        import_module("clinic_site.pages.doors")
        import_module("clinic_site.pages.first_steps")
        import_module("clinic_site.pages.image_usage")
        import_module("clinic_site.pages.offered_pages")
        import_module("clinic_site.pages.offered_pictures")
