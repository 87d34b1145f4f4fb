"""The services of the site for systemd, with this installation's user, paths and the folders that it may write."""

import sys
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine

TEMPLATES = "operations/systemd"
UNITS = (
    "clinic-web.service",
    "clinic-worker.service",
    "clinic-health.service",
    "clinic-health.timer",
)
HOMES = tuple(map(Path, ("/home", "/root", "/run/user")))  # what ProtectHome closes


def service_units(*, user: str) -> dict[str, str]:
    """The text of each unit by its name."""
    engine = Engine([str(settings.BASE_DIR / "templates")], autoescape=False)
    python, code = Path(sys.executable), settings.BASE_DIR
    writable = written_folders()
    context = {
        "user": user,
        "python": quoted(python),
        "code": str(code).replace("%", "%%"),
        "settings_file": settings.ENV_FILE or "no clinic.env",
        "writable": " ".join(map(quoted, writable)),
        "homes": homes((code, python, Path(sys.base_prefix), *writable)),
    }
    return {
        name: engine.get_template(f"{TEMPLATES}/{name}").render(Context(context, autoescape=False))
        for name in UNITS
    }


def written_folders() -> list[Path]:
    """The folders that the site writes to, none of them within another."""
    places = [settings.DATA_DIR, settings.PUBLIC_DIR, settings.BACKUP_DIR, settings.CONTENT_DIR]
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        places.append(Path(database["NAME"]).parent)
    folders = {Path(place).resolve() for place in places}
    return sorted(one for one in folders if folders.isdisjoint(one.parents))


def homes(paths: Iterable[Path]) -> str:
    """What the service sees of people's homes: nothing, unless a part of the site lies there."""
    lies_there = any(path.is_relative_to(home) for path in paths for home in HOMES)
    return "read-only" if lies_there else "yes"


def quoted(path: Path) -> str:
    """A path as systemd reads it in a list or a command: its own signs doubled, spaces kept by quotes."""
    text = str(path).replace("\\", "\\\\").replace("%", "%%").replace('"', '\\"')
    return f'"{text}"' if any(sign.isspace() for sign in text) else text
