"""What the styles of a pasted tag say: bold, italic, hidden, or a line of one of Word's lists. Pure."""

import re

_LEVEL = re.compile(r"\blevel(\d)")
_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]")
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_ITALIC = ("italic", "oblique")


def declarations(style: str) -> dict[str, str]:
    """A style attribute as names and values, small letters."""
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def sign_of(tag: str, style: str) -> str:
    """What Markdown puts around words in this tag: ** where they are bold, * where they are italic, else nothing.

    Google Docs wraps all of it into a <b> that is not bold, and writes bold words as a style.
    """
    said = declarations(style)
    weight, slant = said.get("font-weight", ""), said.get("font-style", "")
    if _BOLD.match(weight) or (tag in ("b", "strong") and not weight):
        return "**"
    if slant in _ITALIC or (tag in ("i", "em") and not slant):
        return "*"
    return ""


def is_ignored(given: dict[str, str]) -> bool:
    """Nobody sees it; or Word wrote the sign of a list in it, for those who cannot read lists."""
    said = declarations(given.get("style", ""))
    is_unseen = said.get("display") == "none" or said.get("mso-hide") == "all"
    return "hidden" in given or is_unseen or said.get("mso-list") == "ignore"


def word_level(given: dict[str, str]) -> int:
    """How deep in a list of Word's a paragraph is, from 1; 0 where it is in none."""
    level = _LEVEL.search(declarations(given.get("style", "")).get("mso-list", ""))
    return int(level[1]) if level else 0


def is_number(sign: str) -> bool:
    """Whether the sign of a list, as Word writes it, counts: "1.", "a)", "(iv)"."""
    return bool(_NUMBER.match(sign))
