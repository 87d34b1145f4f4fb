"""The warning cards of a text: what tells patients to get help. Pure."""

import re

from clinic_site.markup.parsing import WARNING_CARDS

_CARD = re.compile(
    rf"^> ?\[!(?:{'|'.join(WARNING_CARDS)}|CARD)\].*(?:\n>.*)*", re.MULTILINE | re.IGNORECASE
)


def warning_cards(text: object) -> list[str]:
    """Each card whole, or the line that names one, in order; none in what is no text."""
    return _CARD.findall(text.replace("\r\n", "\n")) if isinstance(text, str) else []
