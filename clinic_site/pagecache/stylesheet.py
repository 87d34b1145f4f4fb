"""The site's CSS as one minified text, with the hash by which the policy allows it inline."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rcssmin import cssmin

from clinic_site.pagecache.policy import hash_source

EVERYWHERE = ("tokens", "base", "components", "print")
SOMEWHERE = ("forms",)  # after the others, on the pages that need them


@dataclass(frozen=True)
class Stylesheet:
    """Minified CSS and its Content-Security-Policy source."""

    text: str
    csp_source: str


def bundles(folder: Path) -> dict[str, Stylesheet]:
    """The files of static/css: those of every page as "", each other one by its name. `OSError` when one is missing."""
    return {"": _bundle(folder, EVERYWHERE)} | {
        name: _bundle(folder, (name,)) for name in SOMEWHERE
    }


def _bundle(folder: Path, names: Iterable[str]) -> Stylesheet:
    text = cssmin("\n".join((folder / f"{name}.css").read_text("utf-8") for name in names))
    return Stylesheet(text, hash_source(text))
