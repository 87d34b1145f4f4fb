"""A content file: YAML front matter between `---` lines, then Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinic_site.markup.document import Problem
from clinic_site.markup.front_matter import FrontMatter, read_front_matter
from clinic_site.typed_text import MOST_MARKS, read_typed, with_few_marks

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|\r(?!\n)")
_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r?\n|$)")
_CLOSING = re.compile(r"^---[ \t]*\r?$\n?", re.MULTILINE)
_BLANK_LINE = re.compile(r"\r?\n")
_MARKS = f"There are more than {MOST_MARKS} accents in a row in this line: leave some out"
_TURNING = "There is a sign in this line that nobody sees, or that turns text around: take it out"
_NAMES = {"\x00": "a NUL character", "\r": "an old line end (CR without LF)"}


class SourceError(ValueError):
    """A file that can't be read; problems lists everything that was found wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{problem.line}: {problem.message}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says: its front matter, the line of each key in the file, and its body.

    body has LF line ends and begins after the one blank line that may follow the front matter;
    text is the file as it is, byte order mark and line ends included.
    """

    front: dict[str, object]
    lines: dict[str, int]
    body: str
    body_line: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a file lie: text[yaml_start:yaml_end] is the YAML, then the closing
    line, and text[body_start:] the body. Without front matter, all three are the start."""

    yaml_start: int
    yaml_end: int
    body_start: int
    has_front: bool


def read_source(data: bytes) -> Source:
    """Read a file. SourceError lists all that is wrong: coding, control characters, YAML."""
    text, problems = _decode(data)
    problems += _control_characters(text)
    try:
        layout, front = lay_out(text)
    except SourceError as error:
        problems += error.problems
    if problems:
        raise SourceError(tuple(sorted(problems, key=lambda problem: problem.line)))
    return Source(
        front=front.values,
        lines=front.lines,
        body=text[layout.body_start :].replace("\r\n", "\n"),
        body_line=text.count("\n", 0, layout.body_start) + 1,
        text=text,
    )


def check_characters(text: str) -> None:
    """Raise SourceError if the text has control characters in it."""
    if problems := _control_characters(text):
        raise SourceError(tuple(problems))


def lay_out(text: str) -> tuple[Layout, FrontMatter]:
    """Find the parts of a text and read its front matter; SourceError says what is wrong."""
    opening = _OPENING.match(text)
    if opening is None:
        start = 1 if text.startswith("\ufeff") else 0
        return Layout(start, start, start, False), FrontMatter({}, {})
    closing = _CLOSING.search(text, opening.end()) if opening[0].endswith("\n") else None
    if closing is None:
        message = (
            "The front matter that begins here is never closed: write --- on a line of its own"
            " after its last key"
        )
        raise SourceError((Problem(1, message),))
    front = read_front_matter(text[opening.end() : closing.start()])
    if front.problems:
        raise SourceError(front.problems)
    blank = _BLANK_LINE.match(text, closing.end())
    body_start = blank.end() if blank else closing.end()
    return Layout(opening.end(), closing.start(), body_start, True), front


def _decode(data: bytes) -> tuple[str, list[Problem]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        message = (
            f"Byte {column} of this line (0x{data[error.start]:02x}) is not UTF-8: save the file as"
            " UTF-8"
        )
        return data.decode("utf-8", "replace"), [Problem(line, message)]


def _control_characters(text: str) -> list[Problem]:
    """One problem for each line that holds a character nobody can see or mean."""
    problems: dict[int, Problem] = {}
    for match in _CONTROL.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        name = _NAMES.get(match[0], f"the control character U+{ord(match[0]):04X}")
        problems.setdefault(line, Problem(line, f"There is {name} in this line: take it out"))
    return [*problems.values(), *_no_writing(text)]


def _no_writing(text: str) -> Iterator[Problem]:
    """One problem for each line that the gate for typed text would change: a file is kept as it is."""
    plain = _without_control(text.removeprefix("\ufeff"))
    if _passes(plain):
        return
    for line, words in enumerate(plain.split("\n"), start=1):
        if not _passes(words):
            yield Problem(line, _TURNING if with_few_marks(words) == words else _MARKS)


def _passes(text: str) -> bool:
    return read_typed(text, longest=len(text)) == text


def _without_control(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n"))
