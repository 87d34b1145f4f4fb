"""The site's CSS as one minified text, with the hash by which the policy allows it inline."""

from dataclasses import dataclass
from pathlib import Path

from rcssmin import cssmin

from clinic_site.pagecache.policy import hash_source

ORDER = ("tokens", "base", "components", "forms", "print")


@dataclass(frozen=True)
class Stylesheet:
    """Minified CSS and its Content-Security-Policy source."""

    text: str
    csp_source: str


def bundle(folder: Path) -> Stylesheet:
    """The files of static/css in their order; `OSError` when one is missing."""
    text = cssmin("\n".join((folder / f"{name}.css").read_text("utf-8") for name in ORDER))
    return Stylesheet(text, hash_source(text))
