"""House style: what makes a text hard to read, line by line. Advice, never a gate. Pure.

Twenty words to a sentence and grade 8 (6 for a summary) are the numbers of the house; see
docs/editing.md for what each piece of advice means.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from clinic_site.markup.document import Problem
from clinic_site.markup.prose import readability
from clinic_site.markup.prose.markdown_sentences import SOURCE, TEXT, LinkText, Sentence
from clinic_site.markup.prose.sentences import words

MOST_WORDS = 20
GRADE, SUMMARY_GRADE = 8.0, 6.0
SHORT_TEXT = 30  # words below which a grade says nothing
EMPTY_LINKS = {
    "click here",
    "here",
    "click",
    "this link",
    "link",
    "read more",
    "more",
    "learn more",
    "this page",
    "this",
}
_BE = r"(?:am|are|is|was|were|be|been|being)"
_IRREGULAR = (
    "done|given|taken|made|seen|known|put|sent|told|found|held|kept|left|felt|brought|shown|written|"
    "chosen|drawn|driven|broken|begun|built|bought|caught|cut|dealt|fed|hidden|hurt|led|lost|met|"
    "paid|read|said|set|sold|spent|taught|thought|understood|won|worn"
)
_NOT_PASSIVE = "need|indeed|tired|interested|worried|used to|based|related|bored|concerned|excited"
_PASSIVE = re.compile(
    rf"\b{_BE}(?:\s+(?:not|also|often|usually|always|never|\w+ly))?\s+(?!(?:{_NOT_PASSIVE})\b)"
    rf"(?:\w{{2,30}}ed|{_IRREGULAR})\b",
    re.IGNORECASE,
)


def advice_on(sentences: Iterable[Sentence], links: Iterable[LinkText] = ()) -> Iterator[Problem]:
    """What to look at again in sentences that the house wrote itself; sources are left alone."""
    for sentence in sentences:
        if sentence.kind != SOURCE:
            yield from _sentence_advice(sentence)
    for link in links:
        if " ".join(link.text.casefold().split()).strip(" .") in EMPTY_LINKS:
            yield Problem(
                link.line,
                f"The link “{link.text}” says nothing on its own: say where it leads.",
            )


def grade_advice(text: str, *, most: float = GRADE) -> Iterator[Problem]:
    """Whether a text as a whole is too hard; short ones are not measured."""
    if len(words(text)) < SHORT_TEXT and most == GRADE:
        return
    grade = readability.grade(text)
    if grade > most:
        yield Problem(
            1,
            f"This reads at grade {grade:.1f}; aim at {most:.0f} or lower:"
            " shorter sentences, shorter words.",
        )


def jargon_advice(
    sentences: Iterable[Sentence], *, jargon: re.Pattern[str], is_explained: Callable[[str], bool]
) -> Iterator[Problem]:
    """Words of the trade that the glossary does not explain, each told once."""
    seen = set()
    for sentence in sentences:
        if sentence.kind == SOURCE:
            continue
        for match in jargon.finditer(sentence.text.casefold()):
            word = match[0]
            if word not in seen and not is_explained(word):
                seen.add(word)
                yield Problem(
                    sentence.line,
                    f"“{word}” is not in the glossary: say it plainly, or add a term for it.",
                )


def _sentence_advice(sentence: Sentence) -> Iterator[Problem]:
    count = len(words(sentence.text))
    if count > MOST_WORDS and sentence.kind == TEXT:
        yield Problem(
            sentence.line,
            f"{count} words in one sentence; {MOST_WORDS} are enough: “{_start(sentence.text)}”",
        )
    if match := _PASSIVE.search(sentence.text):
        yield Problem(
            sentence.line,
            f"“{match[0]}” may be passive: say who does it. “{_start(sentence.text)}”",
        )


def _start(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
