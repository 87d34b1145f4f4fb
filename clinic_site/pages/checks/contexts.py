"""What stands around the words of a claim: a denial, a condition, a question, a study. Pure.

A sentence is read once; then each question costs a look into a sorted list, so that a sentence of any
length is judged in time in proportion to it.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from clinic_site.pages.checks.phrases import PhraseBook
from clinic_site.pages.checks.tokens import Tokens

NO_PHRASES = ("begins", "before", "after", "anywhere", "not")
STRONG = frozenset(".;:!?—(")
TURNS = frozenset("but however yet because although though instead still".split())
SUBJECTS = frozenset(
    "we you i it they he she our your my their this that these those here there just only so then".split()
)
Span = tuple[int, int]


@dataclass(frozen=True)
class Context:
    """What has to stand around a claim, in the same clause, for the context to be there.

    begins: how the sentence begins; before, after: within so many words of the claim; anywhere: in the
    sentence; ends: its last mark. Where a phrase of `voids` meets one of these, that one does not count.
    """

    begins: PhraseBook
    before: PhraseBook
    after: PhraseBook
    anywhere: PhraseBook
    voids: PhraseBook
    within: int
    stops_at_comma: bool
    ends: str


class Clauses:
    """A sentence as tokens, with where its clauses end and what each context finds in it."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._found: dict[int, tuple[list[int], list[int], bool]] = {}

    def any_holds(self, contexts: Iterable[Context], span: Span) -> bool:
        """Whether one of these contexts stands around the words of a claim."""
        return any(self._holds(context, span) for context in contexts)

    def _holds(self, context: Context, span: Span) -> bool:
        befores, afters, is_anywhere = self._look(context)
        return (
            is_anywhere or self._is_before(context, befores, span) or self._is_after(afters, span)
        )

    def _is_before(self, context: Context, ends: list[int], span: Span) -> bool:
        place = bisect_right(ends, span[0])
        if not place:
            return False
        end = ends[place - 1]
        if span[0] - end > context.within or self._stops[span[0]] > self._stops[end]:
            return False
        has_comma = self._commas[span[0]] > self._commas[end]
        return not (context.stops_at_comma and has_comma and not self._is_one_of_several(span))

    def _is_after(self, starts: list[int], span: Span) -> bool:
        place = bisect_right(starts, span[1] - 1)
        if place == len(starts):
            return False
        start = starts[place]
        reaches = start - span[1] <= 2 and self._stops[start] == self._stops[span[1]]
        return reaches and self._commas[start] == self._commas[span[1]]

    def _is_one_of_several(self, span: Span) -> bool:
        """Whether the words stand in a row that ends with "or": no cures, quick fixes or tricks."""
        words = self.tokens.words
        return any(word in ("or", "nor") for word in words[max(0, span[0] - 2) : span[1] + 4])

    def _look(self, context: Context) -> tuple[list[int], list[int], bool]:
        if id(context) not in self._found:
            self._found[id(context)] = self._read(context)
        return self._found[id(context)]

    def _read(self, context: Context) -> tuple[list[int], list[int], bool]:
        voids = Spans(context.voids.found(self.tokens))
        befores = sorted(
            span[1] for span in context.before.found(self.tokens) if not voids.meet(span)
        )
        afters = sorted(
            span[0] for span in context.after.found(self.tokens) if not voids.meet(span)
        )
        words = self.tokens.words
        ends_so = not context.ends or bool(words and words[-1] in context.ends)
        begins = ends_so and any(True for _ in context.begins.at(words, 0))
        anywhere = any(not voids.meet(span) for span in context.anywhere.found(self.tokens))
        return befores, afters, anywhere or (begins and not voids)

    @cached_property
    def _stops(self) -> list[int]:
        """How many ends of clauses stand before each token."""
        words = self.tokens.words
        ends = [
            word in STRONG
            or word in TURNS
            or (word in (",", "and") and index + 1 < len(words) and words[index + 1] in SUBJECTS)
            for index, word in enumerate(words)
        ]
        return [0, *accumulate(map(int, ends))]

    @cached_property
    def _commas(self) -> list[int]:
        return [0, *accumulate(int(word == ",") for word in self.tokens.words)]


class Spans:
    """Stretches of tokens, to be asked whether one of them covers, or meets, another stretch."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def __bool__(self) -> bool:
        return bool(self._starts)

    def with_one(self, span: Span) -> "Spans":
        """These and one more."""
        return Spans([*self._spans, span])

    def cover(self, span: Span) -> bool:
        """Whether one of them begins and ends no later and no earlier than this one."""
        place = bisect_right(self._starts, span[0])
        return place > 0 and self._furthest[place - 1] >= span[1]

    def meet(self, span: Span) -> bool:
        """Whether one of them shares a token with this one."""
        place = bisect_right(self._starts, span[1] - 1)
        return place > 0 and self._furthest[place - 1] > span[0]
