"""clinic.env: the settings in one file, for the service, for manage.py and for make alike, so that all mean one site.

The variable CLINIC_ENV names it; else it is clinic.env beside manage.py, else /etc/clinic-site/clinic.env. One
NAME=value a line, as systemd and Docker read it too. What the environment itself says goes before the file.
"""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path

from clinic_site import env

NAME = "clinic.env"
PLACES = (env.BASE_DIR / NAME, Path("/etc/clinic-site") / NAME)
LINE = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?P<value>.*)")
QUOTED = re.compile(r"(?P<quote>['\"])(?P<inside>.*)(?P=quote)")


def variables(given: Mapping[str, str]) -> dict[str, str]:
    """The environment with what the file says beside it; ends the program with one sentence at what cannot be read."""
    path = place(given)
    return (_read(path) if path else {}) | {name: text for name, text in given.items() if text}


def place(given: Mapping[str, str]) -> Path | None:
    """Where the file is; None where there is none."""
    if named := given.get("CLINIC_ENV"):
        return Path(named).expanduser()
    return next((path for path in PLACES if path.is_file()), None)


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        env.stop(
            f"{path} cannot be read ({reason}): run this as the site's user, or let CLINIC_ENV name the right file."
        )
    found = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            name, value = _setting(text, f"{path}, line {number}")
            found[name] = value
    return found


def _setting(text: str, where: str) -> tuple[str, str]:
    """A line as its name and value. The value is never repeated back: it may be a password."""
    line = LINE.fullmatch(text)
    if line is None:
        env.stop(f"{where}: write NAME=value, such as SITE_URL=https://www.example.ca.")
    if line["name"] not in env.VARIABLES:
        near = difflib.get_close_matches(line["name"], env.VARIABLES, n=1)
        meant = f"write {near[0]}" if near else "docs/operations.md has the list"
        env.stop(f"{where}: there is no setting {line['name']}; {meant}.")
    quoted = QUOTED.fullmatch(line["value"])
    return line["name"], quoted["inside"] if quoted else line["value"].strip()
