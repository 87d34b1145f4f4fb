"""Advice on a page's words: what may be a claim, house style, grade, jargon, headings. It never blocks."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from clinic_site.markup.prose.markdown_sentences import (
    HEADING,
    SOURCE,
    TEXT,
    Sentence,
    link_texts,
    sentences_of,
)
from clinic_site.markup.prose.sentences import sentences
from clinic_site.markup.prose.style_advice import (
    SUMMARY_GRADE,
    advice_on,
    grade_advice,
    jargon_advice,
)
from clinic_site.markup.prose.typing_slips import slips_in
from clinic_site.pages.checks.claims import doubtful_in, is_own, shortened
from clinic_site.pages.checks.house_rules import current_rules
from clinic_site.pages.diff.field_diff import label_of
from clinic_site.pages.layouts import language_of
from clinic_site.pages.models import Revision


@dataclass(frozen=True)
class Advice:
    """One thing to look at again: the field, its line (1-based), and what to do."""

    field: str
    line: int
    message: str
    sentence: str = ""
    instead: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For the editor."""
        return asdict(self) | {"label": label_of(self.field)}


def advice_for(words: Mapping[str, Any], terms: frozenset[str]) -> list[Advice]:
    """What may be a claim, then what could be plainer. `terms`: what the glossary explains.

    Of words in another language there is none.
    """
    summary, body = str(words.get("summary") or ""), str(words.get("body") or "")
    if language_of(words):
        return []
    own = [sentence for sentence in sentences_of(body) if not is_own(sentence.text)]
    above = [Sentence(text, 1, TEXT) for text in sentences(summary)]
    prose = " ".join(sentence.text for sentence in own if sentence.kind not in (SOURCE, HEADING))
    found = [("summary", problem) for problem in advice_on(above)]
    if summary:
        found += [("summary", one) for one in grade_advice(summary, most=SUMMARY_GRADE)]
    found += [("body", problem) for problem in advice_on(own, link_texts(body))]
    found += [("body", problem) for problem in grade_advice(prose)]
    found += [("body", problem) for problem in slips_in(body)]
    if jargon := current_rules().jargon:
        known = _is_explained(terms)
        found += [("body", one) for one in jargon_advice(own, jargon=jargon, is_explained=known)]
    advice = [Advice(field, one.line, one.message) for field, one in found]
    advice.sort(key=lambda one: (one.field != "summary", one.line))
    return [*_claims(words), *advice]


def _claims(words: Mapping[str, Any]) -> Iterator[Advice]:
    """What may be a claim, before all other advice: a person judges it."""
    for claim in doubtful_in(words):
        message = claim.message(shortened(claim.sentence))
        yield Advice(claim.field, claim.line, message, claim.sentence, claim.instead)


def glossary_terms() -> frozenset[str]:
    """Every name that the live glossary explains, small letters; one query."""
    live = Revision.objects.live().filter(page__layout="term")
    return frozenset(name for revision in live for name in _names(revision))


def _names(revision: Revision) -> Iterator[str]:
    for name in (revision.title, *(revision.details.get("other_names") or ())):
        yield re.sub(r"\s*\(.*\)", "", name).casefold().strip()


def _is_explained(terms: frozenset[str]) -> Callable[[str], bool]:
    """A word counts as explained when a term begins with it, or it with a term: plurals and the like."""

    def is_explained(word: str) -> bool:
        stem = word.rstrip("s")
        return any(
            term.startswith(stem) or (len(term) > 4 and word.startswith(term)) for term in terms
        )

    return is_explained
