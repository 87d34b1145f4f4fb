"""The site's CSS as minified texts, with the hashes by which the policy allows them inline.

A page waits for its styles before its words show, so it gets those of its kind and no others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rcssmin import cssmin

from clinic_site.pagecache.csp_hash import hash_source

FIRST, LAST = ("tokens", "base", "components"), ("print",)
KINDS: dict[str, tuple[str, ...]] = {
    "": (),
    "home": ("home",),
    "steps": ("steps",),
    "lists": ("lists",),
    "lost": ("home", "lists"),
    "forms": ("steps", "forms"),
}


@dataclass(frozen=True)
class Stylesheet:
    """Minified CSS and its Content-Security-Policy source."""

    text: str
    csp_source: str


def bundles(folder: Path) -> dict[str, Stylesheet]:
    """The styles of each kind of page, from the files of static/css. `OSError` when one is missing."""
    return {kind: _bundle(folder, (*FIRST, *more, *LAST)) for kind, more in KINDS.items()}


def _bundle(folder: Path, names: Iterable[str]) -> Stylesheet:
    text = cssmin("\n".join((folder / f"{name}.css").read_text("utf-8") for name in names))
    return Stylesheet(text, hash_source(text))
