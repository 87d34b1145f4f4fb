"""What the checks found, for the editor: each with the very piece of the text that a better wording replaces. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from clinic_site.markup.prose.source_places import place_in_source
from clinic_site.pages.checks.publishing import Fault
from clinic_site.pages.checks.style import Advice


def for_editor(found: Iterable[Fault | Advice], words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each finding as a dictionary; `source` is what its `instead` replaces in its field, "" where nothing can."""
    return [{**one.as_dict(), "source": _source_of(one, words)} for one in found]


def _source_of(one: Fault | Advice, words: Mapping[str, Any]) -> str:
    if not (one.instead and one.sentence):
        return ""
    said = words.get(one.field)
    if not isinstance(said, str):  # a detail: its field says the sentence as it is
        return one.sentence
    place = place_in_source(said, one.sentence, one.line)
    return said[slice(*place)] if place else ""
