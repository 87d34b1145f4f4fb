"""Signs that were typed or pasted and do not do what was meant: lists, headings, code, phone links. Advice. Pure."""

import re
from collections.abc import Iterator

from clinic_site.markup.document import Problem

_BULLET = re.compile(r"^ {0,3}[•◦▪‣·●–—][ \t\xa0]*\w")
_HEADING = re.compile(r"^#{1,6}(?=[^#\s])|^#{1,6}\xa0")
_INDENTED = re.compile(r"^(?: {4}|\t)\s*\S")
_PHONE = re.compile(r"\]\(tel:[^)\n]*[ \xa0][^)\n]*\)")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_LIST = re.compile(r"^\s*(?:[-*+]|\d+[.)]|:|\[\^[^\]]+\]:)\s")


def slips_in(body: str) -> Iterator[Problem]:
    """Each line of a Markdown text that reads as something else than it was typed for."""
    is_code = is_list = False
    for number, line in enumerate(body.split("\n"), start=1):
        if _FENCE.match(line):
            is_code = not is_code
        if is_code:
            continue
        is_list = bool(_LIST.match(line)) or (is_list and (not line.strip() or line[0] in " \t"))
        if message := _slip(line, is_list):
            yield Problem(number, message)


def _slip(line: str, is_list: bool) -> str:
    if _BULLET.match(line):
        return "This begins like a point of a list but is none: write - and a space before it"
    if _HEADING.match(line):
        return "This is no heading yet: write one plain space after the # signs"
    if _PHONE.search(line):
        return "A phone link has no spaces: write (tel:+16045550123)"
    if _INDENTED.match(line) and not is_list:
        return "This line begins with four spaces, so it shows as code: take them out"
    return ""
