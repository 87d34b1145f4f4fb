"""`manage.py move_pictures`: the pictures of this machine's disk into the store that several machines share."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from clinic_site.images.store.moving import move_into_store
from clinic_site.operations import run_lock
from clinic_site.progress.steps import shown


class Command(BaseCommand):
    help = (
        "Move every picture of PUBLIC_DIR/media into the store of MEDIA_STORE_URL. Safe to repeat."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> str:
        if not settings.MEDIA_STORE:
            sys.exit("There is no store to move pictures to: set MEDIA_STORE_URL first.")
        try:
            run_lock.require_owner()
            with shown():
                moved, were_there = move_into_store(Path(settings.MEDIA_HERE))
        except (OSError, run_lock.Occupied) as error:
            sys.exit(f"Not all were moved: {error} Put that right, then run it again.")
        return (
            f"{moved} files of pictures are in the store; {were_there} of them were there already."
        )
