"""Front matter: YAML of the plain kind, with the line of every key and every fault."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from clinic_site.markup.document import Problem

MAX_CHARACTERS = 100_000
MAX_NESTING = 20
FIRST_LINE = 2

# The one in C is ten times as fast. It must not compose a text before _check_events has seen it:
# it crashes the process on one that is nested very deep.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_COMMENT = re.compile(r"[ \t]+#")
_HINTS = {
    "mapping values are not allowed": "put the whole value in quotes if it has a colon in it",
    "that cannot start any token": "write spaces instead of a tab, and quotes around a value that"
    " begins with a sign such as @ or `",
    "could not find expected ':'": "write a colon and a space after the key",
    "found unexpected end of stream": "close the quotes",
    "did not find expected key": "look at the quotes and at the indent of this line",
    "did not find expected ',' or": "close the bracket, and put commas between the values",
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of the keys, the line of each in the file, and what is wrong."""

    values: dict[str, object]
    lines: dict[str, int]
    problems: tuple[Problem, ...] = ()


class _Refused(Exception):
    """The YAML is read no further, because of this problem."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(line, message)


def read_front_matter(text: str) -> FrontMatter:
    """Read the YAML that stands between the `---` lines, from line 2 of the file on."""
    try:
        root = compose(text)
        values, lines, problems = _construct(root) if root else ({}, {}, [])
        problems += _cut_off(root, text.split("\n")) if root else ()
    except _Refused as refused:
        return FrontMatter({}, {}, (refused.problem,))
    except yaml.YAMLError as error:
        return FrontMatter({}, {}, (_yaml_problem(error),))
    return FrontMatter(values, lines, tuple(problems))


def compose(text: str) -> yaml.MappingNode | None:
    """The node tree of the YAML, None if it is empty; raises yaml.YAMLError and _Refused."""
    _check_events(text)
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise _Refused(
            root.start_mark.line + FIRST_LINE,
            "This is not a key with its value: write lines such as title: Safety",
        )
    return root


def _check_events(text: str) -> None:
    """Refuse what would be dangerous to build: too much, too deep, aliases."""
    if len(text) > MAX_CHARACTERS:
        raise _Refused(FIRST_LINE, f"The front matter has more than {MAX_CHARACTERS:,} characters")
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = (event.start_mark.line if event.start_mark else 0) + FIRST_LINE
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "Anchors (&) and aliases (*) are not used here: write the value in quotes"
            raise _Refused(line, message)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_NESTING:
            raise _Refused(line, "The values are nested too deep here: take some levels out")


_NO_WORD = "The key {!r} is read as {!r}: write a word, or put it in quotes"


def _construct(
    root: yaml.MappingNode,
) -> tuple[dict[str, object], dict[str, int], list[Problem]]:
    """The values and lines of the keys, with one problem for each key that is at fault."""
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    problems = list(_doubled_keys(root))
    constructor = yaml.constructor.SafeConstructor()
    for key_node, value_node in root.value:
        line = key_node.start_mark.line + FIRST_LINE
        try:
            key = constructor.construct_object(key_node, deep=True)
            value = constructor.construct_object(value_node, deep=True)
        except yaml.MarkedYAMLError as error:
            problems.append(_yaml_problem(error))
            continue
        except (ValueError, OverflowError, TypeError):
            problems.append(
                Problem(line, "This value is not a date or a number after all: put it in quotes")
            )
            continue
        if not isinstance(key, str):
            problems.append(Problem(line, _NO_WORD.format(key_node.value, key)))
            continue
        if _has_unseen(value):
            message = f"The value of {key} has a control character in it: take it out"
            problems.append(Problem(line, message))
        values[key], lines[key] = value, line
    return values, lines, problems


def _doubled_keys(node: yaml.Node) -> Iterator[Problem]:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _doubled_keys(child)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        yield from _doubled_keys(value)
        if not isinstance(key, yaml.ScalarNode):
            continue
        line = key.start_mark.line + FIRST_LINE
        if key.value in seen:
            message = f"The key {key.value} is here and on line {seen[key.value]}: keep one of them"
            yield Problem(line, message)
        seen.setdefault(key.value, line)


def _cut_off(node: yaml.Node, lines: list[str]) -> Iterator[Problem]:
    """A problem for each text that ends where a # begins a comment: the rest would be lost without a word."""
    if isinstance(node, yaml.MappingNode | yaml.SequenceNode):
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                yield from _cut_off(part, lines)
    elif (
        isinstance(node, yaml.ScalarNode)
        and not node.style
        and node.tag == "tag:yaml.org,2002:str"
        and node.value
    ):
        end = node.end_mark
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        if _COMMENT.match(rest):
            message = f"“{rest.strip()}” is left out here, as # begins a comment: put the whole value in quotes"
            yield Problem(end.line + FIRST_LINE, message)


def _has_unseen(value: object) -> bool:
    if isinstance(value, str):
        return _UNSEEN.search(value) is not None
    if isinstance(value, dict):
        return any(_has_unseen(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_has_unseen(part) for part in value)


def _yaml_problem(error: yaml.YAMLError) -> Problem:
    """A fault of the YAML in words for people who do not write YAML every day."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = (mark.line if mark else 0) + FIRST_LINE
    words = str(getattr(error, "problem", "") or error)
    hint = next((hint for sign, hint in _HINTS.items() if sign in words), "")
    hint = hint or "write key: value, and put the value in quotes if it holds signs"
    return Problem(line, f"This line can't be read as YAML ({words}): {hint}")
