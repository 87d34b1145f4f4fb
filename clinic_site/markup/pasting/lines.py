"""Lists and signs in plain words, as people type them: “• sore”, “1) rest”, “– walk”. Pure."""

import re

from clinic_site.typed_text import read_typed

BULLET = re.compile(r"^[ \t]*(?:[•◦▪‣⁃·●○■□✓✔➢➤\uf0a7\uf0b7§o](?=[ \t])|[–—](?=[ \t]))[ \t]*")
_NUMBER = re.compile(r"^[ \t]*(\d{1,3})[.)][ \t]+")
_AT_START = re.compile(r"^(#{1,6}(?=\s|$)|[+-](?=\s|$)|>|=+$|-{2,}$|~{3,}|:(?=\s))")
SPACES = re.compile("[ \t\r\n\xa0\u2007\u202f]+")


def markdown_from_text(text: str) -> str:
    """A plain text with its lists as lists, and nothing that Markdown would read as code or a heading by mistake."""
    lines = []
    for line in read_typed(text, longest=max(len(text), 1)).split("\n"):
        bare = SPACES.sub(" ", line).strip()
        item = list_item(bare)
        lines.append(item if item is not None else escaped_start(bare))
    blocks: list[tuple[bool, str]] = []
    for line in lines:
        is_item = bool(re.match(r"(- |\d+\. )", line))
        blocks.append((is_item, line))
    return _lines_joined(blocks)


def list_item(line: str) -> str | None:
    """The line as an item of a list, where it begins like one that was typed by hand."""
    if bullet := BULLET.match(line):
        rest = line[bullet.end() :].strip()
        return f"- {escaped_start(rest)}" if rest else None
    if number := _NUMBER.match(line):
        rest = line[number.end() :].strip()
        return f"{number[1]}. {escaped_start(rest)}" if rest else None
    if line.startswith(("- ", "* ")) and line[2:].strip():
        return f"- {escaped_start(line[2:].strip())}"
    return None


def escaped_start(line: str) -> str:
    """The line so that its first signs are words."""
    if re.match(r"\d{1,9}[.)](?=\s|$)", line):
        return re.sub(r"([.)])", r"\\\1", line, count=1)
    return f"\\{line}" if _AT_START.match(line) else line


def _lines_joined(lines: list[tuple[bool, str]]) -> str:
    """Lines as they stood; a list begins and ends with an empty line."""
    parts: list[str] = []
    was: tuple[bool, str] = (False, "")
    for one in lines:
        if one[1] and was[1] and one[0] != was[0]:
            parts.append("")
        parts.append(one[1])
        was = one
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip("\n")
