"""Changes a content file in place: only the lines of the keys that are given, and the body."""

import re
from typing import Any

import yaml

from clinic_site.markup.front_matter import compose, read_front_matter
from clinic_site.markup.source import check_characters, lay_out

_LONG = 80
_WIDTH = 88
_FLOW_WIDTH = 60
_OPEN_END = "\n...\n"  # YAML closes the document after such a block, so no key could follow
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class _Dumper(yaml.SafeDumper):
    """Writes YAML for people: indented lists, short lists on one line, long texts as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_words(self, data: str) -> yaml.ScalarNode:
        style = "|" if "\n" in data else ">" if len(data) > _LONG else None
        return self.represent_scalar("tag:yaml.org,2002:str", str(data), style=style)

    def represent_items(self, data: list[object]) -> yaml.SequenceNode:
        node = self.represent_sequence("tag:yaml.org,2002:seq", data)
        scalars = [part for part in node.value if isinstance(part, yaml.ScalarNode)]
        width = sum(len(part.value) + 2 for part in scalars)
        is_plain = all(part.style is None for part in scalars)
        node.flow_style = len(scalars) == len(node.value) and is_plain and width <= _FLOW_WIDTH
        return node


_Dumper.add_multi_representer(str, _Dumper.represent_words)
_Dumper.add_representer(str, _Dumper.represent_words)
_Dumper.add_representer(list, _Dumper.represent_items)


def write_source(text: str, *, front: dict[str, object], body: str | None) -> str:
    """The text with the given keys replaced, added, or removed (None), and the body replaced.

    Everything else stays byte for byte; a key that has the value already counts as such. What is
    written takes the line ends of the text. body None leaves the body as it is. Raises
    SourceError if the text itself can't be read.
    """
    check_characters(text)
    layout, now = lay_out(text)
    newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
    changes = {
        key: value
        for key, value in front.items()
        if (key in now.values if value is None else _differs(key, value, now.values))
    }
    head = text[: layout.body_start]
    if changes:
        wanted = {key: value for key, value in (now.values | changes).items() if value is not None}
        block = text[layout.yaml_start : layout.yaml_end]
        block = _edited(block, changes, wanted).replace("\r\n", "\n").replace("\n", newline)
        closing = text[layout.yaml_end : layout.body_start]
        opening = text[: layout.yaml_start]
        if not layout.has_front:
            opening, closing = f"{opening}---{newline}", f"---{newline}{newline}"
        head = opening + block + closing
    if body is None:
        return head + text[layout.body_start :]
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    had_body = layout.body_start < len(text)
    return _head_for(head, body, newline, had_body) + body.replace("\n", newline)


def _head_for(head: str, body: str, newline: str, had_body: bool) -> str:
    """The head of the file, closed so that exactly this body is read after it."""
    if head in ("", "\ufeff"):
        is_mistaken = body.startswith(("---", "\ufeff"))
        return f"{head}---{newline}---{newline}{newline}" if is_mistaken else head
    if not head.endswith("\n"):
        head += newline
    has_blank_line = head.endswith(("\n\n", "\n\r\n"))
    needs_one = body.startswith("\n") or (body and not had_body)
    return head + newline if needs_one and not has_blank_line else head


def _edited(block: str, changes: dict[str, object], wanted: dict[str, object]) -> str:
    """The YAML with only the lines of the changed keys touched; written anew if that can't be."""
    root = compose(block)
    keys = [key for key, _ in root.value] if root else []
    if root is None or not (root.flow_style or any(key.start_mark.column for key in keys)):
        edited = _with_lines(block, keys, changes)
        if _reads_as(edited, wanted):
            return edited
    return "".join([_dump(key, value) for key, value in wanted.items()])


def _with_lines(block: str, keys: list[yaml.Node], changes: dict[str, object]) -> str:
    lines = _LINES.findall(block)
    starts = [key.start_mark.line for key in keys]
    ends = [*starts, len(lines)][1:]
    for key, start, after in reversed(list(zip(keys, starts, ends, strict=True))):
        if key.value not in changes:
            continue
        while after > start + 1 and (not lines[after - 1].strip() or lines[after - 1][0] == "#"):
            after -= 1
        value = changes[key.value]
        lines[start:after] = [] if value is None else [_dump(key.value, value)]
    known = {key.value for key in keys}
    added = [_dump(key, value) for key, value in changes.items() if key not in known]
    return "".join(lines + added)


def _dump(key: str, value: object) -> str:
    """The lines of one key, in the most readable form that is read back as the same value."""
    for style in (None, "'", '"'):
        text: str = yaml.dump(
            {key: value},
            Dumper=_Dumper if style is None else yaml.SafeDumper,
            default_style=style,
            allow_unicode=True,
            default_flow_style=False,
            sort_keys=False,
            width=_WIDTH,
        )
        if style == '"' or (not text.endswith(_OPEN_END) and _reads_as(text, {key: value})):
            break
    return text


def _reads_as(block: str, wanted: dict[str, object]) -> bool:
    return _exact(read_front_matter(block).values) == _exact(wanted)


def _differs(key: str, value: object, now: dict[str, object]) -> bool:
    return key not in now or repr(now[key]) != repr(value)


def _exact(values: dict[str, object]) -> dict[str, str]:
    """The values in a form that tells 1 from True and from 1.0, and the order within them."""
    return {key: repr(value) for key, value in values.items()}
