"""The places in a reply text that are filled in: {name}, {reference}, {clinic}, {phone}. Text in, text out."""

import re
from collections.abc import Mapping

PLACES = ("name", "reference", "clinic", "phone")
IN_BRACES = re.compile(r"\{([^{}\n]*)\}")


def unknown_places(text: str) -> list[str]:
    """The places in braces that nothing is filled in for, as written."""
    return [match[0] for match in IN_BRACES.finditer(text) if match[1].strip() not in PLACES]


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """The text with each known place filled in; anything else in braces stays as it is."""
    return IN_BRACES.sub(lambda match: values.get(match[1].strip(), match[0]), text)
