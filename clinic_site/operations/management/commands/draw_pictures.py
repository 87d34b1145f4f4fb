"""Draw the site's icons, its mark and the body map anew (`make pictures`); the files belong to the repository."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from clinic_site.artwork.icons import pictures
from clinic_site.progress.steps import shown


class Command(BaseCommand):
    """`manage.py draw_pictures`"""

    help = "Draw the icons, the mark and the body map anew, where they stand in the repository."

    def handle(self, *args: Any, **options: Any) -> None:
        with shown():
            drawn = pictures()
        for place, content in drawn.items():
            (settings.BASE_DIR / place).write_bytes(content)
            self.stdout.write(f"{place}: {len(content):,} bytes")
