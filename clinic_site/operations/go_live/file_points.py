"""Who may read what: patients' words and the settings are the site's alone, and the web server passes to its folder."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from clinic_site.file_modes import below, first_barrier
from clinic_site.operations.go_live.point import Point, done, to_do
from clinic_site.operations.public_files import PRIVATE

NAME = "files"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
MOST_NAMED = 5


def file_points() -> Iterator[Point]:
    """What others can read, what the web server cannot, or one point that says that all is as it should be."""
    wrong = [*_open_to_others(), *_owner(), *_way_of_the_web_server()]
    yield from wrong or [
        done(NAME, "What patients wrote is the site's alone; the web server reads what it serves.")
    ]


def _open_to_others() -> Iterator[Point]:
    places = [settings.ENV_FILE] if settings.ENV_FILE else []
    places += [one for name in PRIVATE for one in Path(settings.DATA_DIR).glob(name)]
    if Path(settings.BACKUP_DIR).is_dir():
        places.append(settings.BACKUP_DIR)
    found = [path for place in places for path in below(Path(place)) if _is_open(path)]
    open_ones = list(dict.fromkeys(found))
    if open_ones:
        named = " ".join(f"'{path}'" for path in open_ones[:MOST_NAMED])
        yield to_do(
            NAME,
            f"{len(open_ones)} files or folders that only the site should see are open to others.",
            f"chmod -R go= {named}{' …' if len(open_ones) > MOST_NAMED else ''}",
        )


def _is_open(path: Path) -> bool:
    mode = path.lstat().st_mode
    return not stat.S_ISLNK(mode) and bool(mode & OTHERS)


def _owner() -> Iterator[Point]:
    if os.geteuid() == 0:
        yield to_do(
            NAME,
            "This runs as root, and so may the site: who breaks into it has the machine.",
            "sudo make install-service makes a user of its own; then sudo -u clinic … manage.py go_live.",
        )


def _way_of_the_web_server() -> Iterator[Point]:
    if barrier := first_barrier(Path(settings.PUBLIC_DIR)):
        yield to_do(
            NAME,
            f"The web server cannot pass {barrier} on its way to the pages.",
            f"chmod o+x {barrier}, or set PUBLIC_DIR=/var/lib/clinic-public.",
        )
