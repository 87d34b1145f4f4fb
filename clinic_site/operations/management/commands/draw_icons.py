"""Draw the site's icons anew into static/img/ (`make pictures`); the files belong to the repository."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from clinic_site.seo.icons import icons


class Command(BaseCommand):
    """`manage.py draw_icons`"""

    help = "Draw the icons anew into static/img/."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "static" / "img"
        for name, content in icons().items():
            (folder / name).write_bytes(content)
            self.stdout.write(f"static/img/{name}: {len(content):,} bytes")
