"""The terms of the glossary as texts use them: each name, and where it is explained."""

import re
from collections.abc import Iterator
from typing import Any

from clinic_site.markup.terms import Terms
from clinic_site.pages.models import Revision

LONG_ENOUGH = (
    8  # letters; a shorter other name, such as "fit" or "recent", is as often a plain word
)
_BRACKETS = re.compile(r"\s*\(.*\)")


def term_links() -> Terms:
    """Every name that the live glossary explains; one query."""
    live = Revision.objects.live().filter(page__layout="term")
    rows = live.values_list("title", "details", "page__parent_path", "page__path")
    return tuple(
        (name, f"/{folder}/#{path.removeprefix(folder + '/')}")
        for title, details, folder, path in rows
        for name in _names(title, details)
    )


def _names(title: str, details: dict[str, Any]) -> Iterator[str]:
    yield _BRACKETS.sub("", title)
    for name in details.get("other_names") or ():
        if " " in name or name.isupper() or len(name) >= LONG_ENOUGH:
            yield name
