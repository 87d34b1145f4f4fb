"""The licences of what the site is made of, as each package says itself; `make lock` writes docs/licences.md."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import metadata

from clinic_site.env import BASE_DIR

PAGE = BASE_DIR / "docs" / "licences.md"
REQUIREMENTS = BASE_DIR / "requirements-services.txt"  # the runtime and every extra
HEAD = """# Licences

What the site is made of, every extra included, and under which licence; each package says it itself. `make lock` writes
this page, and a test holds that nothing comes in whose licence asks more of a clinic than to keep a notice.

| package | licence |
|---|---|
"""
# A library under LGPL or MPL may be used as it is; a change of it would have to be shown.
ALLOWED = re.compile(r"MIT|BSD|Apache|Unlicense|PSF|Python Software|MPL|Mozilla|LGPL|Lesser", re.I)
REFUSED = re.compile(
    r"AGPL|Affero|SSPL|BUSL|Business Source|Commons Clause|(?<!L)GPL|\bGNU General", re.I
)


def packages() -> list[str]:
    """Their names, in order."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([a-z0-9][\w.-]*)(?:\[[^\]]*\])?==", line) for line in lines)
    return sorted(match[1] for match in found if match)


def licence(name: str) -> str:
    """What the package says, its choices parted by " or ". Raises PackageNotFoundError."""
    said = metadata(name)
    if expression := said.get("License-Expression"):
        return expression
    classified = [
        line.split(" :: ")[-1]
        for line in said.get_all("Classifier") or []
        if line.startswith("License ::") and line.split(" :: ")[-1] != "OSI Approved"
    ]
    return " or ".join(classified) or (said.get("License") or "").splitlines()[0]


def is_allowed(words: str) -> bool:
    """Whether one of the choices asks for no more than a notice; of what is joined by "and", each."""
    return any(
        all(
            ALLOWED.search(part) and not REFUSED.search(part)
            for part in re.split(r" and ", one, flags=re.I)
        )
        for one in re.split(r" or ", words, flags=re.I)
    )


def page() -> str:
    """docs/licences.md as it is to be."""
    return HEAD + "".join(f"{line}\n" for line in _rows())


def _rows() -> Iterator[str]:
    for name in packages():
        yield f"| {name} | {licence(name)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
