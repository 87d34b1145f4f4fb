"""`manage.py dev`: the development server; code, templates and content/ are taken in as they change."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.utils.autoreload import (
    DJANGO_AUTORELOAD_ENV,
    BaseReloader,
    autoreload_started,
    file_changed,
)

from clinic_site.operations import run_lock
from clinic_site.operations.port_check import AddressRefused, require_free
from clinic_site.operations.startup import (
    NotReady,
    migrate,
    put_in_order,
    take_content_in,
)
from clinic_site.search.index.indexing import keep_in_step


class Command(BaseCommand):
    help = "Serve the site for development: reloads code and templates, and syncs content/ at every change."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run_lock.take_part()
            if os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
                self.prepare()
            else:
                require_free(settings.BIND, settings.PORT)
                self.stdout.write(
                    f"Development server at http://localhost:{settings.PORT}/ (stop it with Ctrl-C)."
                )
        except (AddressRefused, NotReady, run_lock.Occupied) as refusal:
            sys.exit(str(refusal))
        call_command("runserver", f"{settings.BIND}:{settings.PORT}")

    def prepare(self) -> None:
        """Bring database and words up to date, and keep the words so."""
        put_in_order(say=self.stderr.write)
        migrate()
        take_content_in(say=self.stdout.write, warn=self.stderr.write)
        keep_in_step()
        autoreload_started.connect(watch_content)
        file_changed.connect(self.take_change_in)

    def take_change_in(self, file_path: Path, **kwargs: Any) -> bool:
        """Sync after a change in content/; True tells the reloader that nothing more is needed."""
        if not file_path.is_relative_to(settings.CONTENT_DIR):
            return False
        take_content_in(say=self.stdout.write, warn=self.stderr.write)
        keep_in_step()
        return True


def watch_content(sender: BaseReloader, **kwargs: Any) -> None:
    """Have the reloader watch the site's words too."""
    sender.watch_dir(settings.CONTENT_DIR, "**/*.md")
