"""What the renderer writes to: HTML and plain words side by side, with marks between the parts.

A mark is a control character that no text can contain (they are replaced before parsing). The
whole HTML is sanitised in one go and then cut at the marks, so that every part has been through
the sanitiser within its document, at the price of one pass.
"""

from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from django.utils.safestring import SafeString

from clinic_site.markup.document import ImageRef, Link, Problem
from clinic_site.markup.sanitising import sanitise

MARK = "\x1e"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HeadingMet:
    """A heading at the top level of the text: the marks before it, around its title, after it."""

    level: int
    line: int
    anchor: str
    start: int
    title: Span
    end: int


@dataclass(frozen=True, slots=True)
class PointMet:
    """A label at the top level, and the spans of what stands under it."""

    line: int
    anchor: str
    label: Span
    bodies: list[Span]


@dataclass(frozen=True, slots=True)
class BulletMet:
    """An entry of a list that stands at the top level."""

    span: Span


@dataclass(frozen=True, slots=True)
class CallOutMet:
    """A call-out at the top level, and the entries of the lists in it."""

    kind: str
    span: Span
    bullets: list[Span]


Met = HeadingMet | PointMet | BulletMet | CallOutMet


@dataclass(slots=True)
class Output:
    """Collects while a text is rendered: pieces of HTML, pieces of words, and what was met."""

    html: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    words_at: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[ImageRef] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def mark(self) -> int:
        """Set a mark here and return its number, counted from 0."""
        self.html.append(MARK)
        self.words_at.append(len(self.words))
        return len(self.words_at) - 1

    def problem(self, line: int, message: str) -> None:
        """Note something that is wrong."""
        self.problems.append(Problem(line, message))


class Parts:
    """The finished HTML and words of an Output, by the marks that enclose them."""

    def __init__(self, output: Output) -> None:
        pieces = sanitise("".join(output.html)).split(MARK)
        if len(pieces) != len(output.words_at) + 1:
            raise ValueError("the sanitised text lost or gained a mark")
        self._html = "".join(pieces)
        self._html_at = list(accumulate(map(len, pieces)))
        bounds = pairwise([*output.words_at, len(output.words)])
        self._words = [" ".join("".join(output.words[at:to]).split()) for at, to in bounds]

    def html(self, *spans: Span) -> SafeString:
        """The safe HTML between marks, one span after the other."""
        at = self._html_at
        pieces = [self._html[at[start] : at[end]] for start, end in spans]
        return SafeString("".join(pieces).strip())

    def text(self, *spans: Span) -> str:
        """The words between marks, white space collapsed; there is always some at a mark."""
        return " ".join([words for at, to in spans for words in self._words[at:to] if words])
