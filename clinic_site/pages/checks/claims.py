"""Claims in a page's words: sentences that promise, compare or sell. Pure, but for the rules' file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from clinic_site.pages.checks.advertising import LIKELY, LIKELY_IF_EXCUSED, advertising_in
from clinic_site.pages.checks.contexts import Clauses, Span, Spans
from clinic_site.pages.checks.house_rules import HERE, Rule, Rules, current_rules
from clinic_site.pages.checks.page_sentences import sentences_told
from clinic_site.pages.checks.phrases import PhraseBook
from clinic_site.pages.checks.tokens import folded, tokens_of
from clinic_site.pages.layouts import language_of

# What no rule knows, and what reads like advertising all the same.
LIKENESS = Rule(
    name="reads like advertising",
    is_sure=False,
    phrases=(),
    unless=PhraseBook(),
    passes=(),
    softens=(),
    say="may promise, praise or sell: words like these stand in advertising. Say what happens, to"
    " whom, and where that is known from.",
    instead="It helps some people. At each visit we look at how you respond.",
)


@dataclass(frozen=True)
class Claim:
    """A sentence that claims too much: the words that do, the rule, why, and what to write instead.

    `is_sure`: it keeps the words from going live; otherwise it is advice.
    """

    field: str
    line: int
    sentence: str
    words: str
    rule: str
    say: str
    instead: str
    is_sure: bool

    def message(self, sentence: str) -> str:
        """What staff read, with the sentence, or its beginning, quoted."""
        said = f"“{self.words}” in “{sentence}” (rule: {self.rule}) {self.say}"
        return f"{said} Write, for example: “{self.instead}”" if self.instead else said


def claims_in(words: Mapping[str, Any], rules: Rules | None = None) -> list[Claim]:
    """The claims in the words of a page that keep it from going live."""
    return [claim for claim in _found(words, rules) if claim.is_sure]


def doubtful_in(words: Mapping[str, Any], rules: Rules | None = None) -> list[Claim]:
    """What may be a claim in the words of a page, and is for a person to judge: advice. In English alone."""
    if language_of(words):
        return []
    return [claim for claim in _found(words, rules) if not claim.is_sure]


def is_own(sentence: str) -> bool:
    """Whether it is one of the clinic's own statements, word for word."""
    return folded(sentence).rstrip(" .:") in _own_words()


def shortened(sentence: str) -> str:
    """A sentence, or its beginning, as a message quotes it."""
    return sentence if len(sentence) <= 120 else f"{sentence[:119]}…"


def _found(words: Mapping[str, Any], rules: Rules | None) -> Iterator[Claim]:
    in_force = rules or current_rules()
    for told in sentences_told(words):
        for rule, said, is_sure in _judged(told.text, in_force):
            yield Claim(
                told.field, told.line, told.text, said, rule.name, rule.say, rule.instead, is_sure
            )


@lru_cache(maxsize=4096)
def _judged(sentence: str, rules: Rules) -> Sequence[tuple[Rule, str, bool]]:
    """The rules that find a claim in a sentence, with its words and whether they are sure.

    Each name, and each stretch of words, is told once; what is sure comes first. It is remembered, as
    the editor asks again after each change, and mostly about the same sentences.
    """
    if is_own(sentence):
        return ()
    clauses = Clauses(tokens_of(sentence))
    told: dict[str, tuple[Rule, str, bool]] = {}
    taken = Spans(())
    matches, is_excused = _first_matches(rules, clauses)
    for (is_doubtful, place), span in sorted(matches.items()):
        rule = rules.claims[place]
        if rule.name not in told and not taken.meet(span):
            taken = taken.with_one(span)
            told[rule.name] = rule, clauses.tokens.between(*span), not is_doubtful
    least = LIKELY_IF_EXCUSED if is_excused else LIKELY
    if not told and (said := advertising_in(clauses.tokens, least=least)):
        return ((LIKENESS, said, False),)
    return tuple(told.values())


def _first_matches(rules: Rules, clauses: Clauses) -> tuple[dict[tuple[bool, int], Span], bool]:
    """Where each rule is sure for the first time, and where it doubts; whether any was excused."""
    first: dict[tuple[bool, int], Span] = {}
    is_excused = False
    unless: dict[int, Spans] = {}
    for place, start, end in rules.book.tagged(clauses.tokens):
        rule = rules.claims[place]
        if place not in unless:
            unless[place] = Spans(rule.unless.found(clauses.tokens))
        if not unless[place].cover((start, end)) and not clauses.any_holds(
            rule.passes, (start, end)
        ):
            softer = clauses.any_holds(rule.softens, (start, end))
            first.setdefault((softer or not rule.is_sure, place), (start, end))
        else:
            is_excused = True
    return first, is_excused


@cache
def _own_words() -> frozenset[str]:
    lines = (HERE / "own_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(folded(line).rstrip(" .:") for line in lines if not line.startswith("#"))
