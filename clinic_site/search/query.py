"""What is found for what was typed: by how much of it a passage answers; mistyped words put right where none does.

Only what patients can read at this moment is ever given: each passage is held against the live revisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_site.emergency.levels import Level
from clinic_site.emergency.matching import levels_in
from clinic_site.search.answers import Answer, answer_to
from clinic_site.search.highlighting import Parts, excerpt, marked, stems_of
from clinic_site.search.normalizing import Typed, read_typed
from clinic_site.search.retrieval import Looked, Standing, look, nearest_questions
from clinic_site.search.spelling import put_right

MOST = 20  # results


@dataclass(frozen=True)
class Result:
    """One place that patients can read now. `place`: the page it stands on, "" for a page itself."""

    url: str
    title: Parts
    text: Parts
    place: str


@dataclass(frozen=True)
class Found:
    """What was found. `instead`: the words that were looked for in place of mistyped ones, else "".

    `offered`: what may have been meant. `answer`: where one place fits clearly. `is_every`: some place has all words.
    `nearest`: questions that may help where nothing was found.
    `levels`: whom to call first, where the words may come from somebody who needs help now.
    """

    typed: Typed
    results: Sequence[Result] = ()
    instead: str = ""
    offered: str = ""
    answer: Answer | None = None
    is_every: bool = True
    is_cut: bool = False
    levels: Sequence[Level] = ()
    nearest: Sequence[Standing] = ()


def find(text: str) -> Found:
    """Everything for one search; a fixed number of queries, whatever is typed and however many pages there are."""
    typed, levels = read_typed(text), levels_in(text)
    if not typed.words:
        return Found(typed, levels=levels)
    looked = look(typed.words, is_open=typed.is_open, is_urgent=bool(levels))
    if looked.fits:
        return _found(typed, looked, levels)
    words = put_right(typed.words)
    if words == typed.words:
        return _found(typed, looked, levels)
    meant = " ".join(words)
    levels = levels_in(text, meant)
    again = look(words, is_open=typed.is_open, is_urgent=bool(levels))
    if not looked.standing:
        return _found(typed, again, levels, instead=meant if again.standing else "")
    is_better = again.fits or len(again.known) > len(looked.known)
    return _found(typed, looked, levels, offered=meant if is_better else "")


def _found(
    typed: Typed, looked: Looked, levels: Sequence[Level], *, instead: str = "", offered: str = ""
) -> Found:
    stems = stems_of(looked.concepts)
    return Found(
        typed,
        [_result(one, stems) for one in looked.standing[:MOST]],
        instead,
        offered,
        answer=None if offered else answer_to(looked),
        is_every=looked.fits,
        is_cut=len(looked.standing) > MOST,
        levels=levels,
        nearest=() if looked.standing else nearest_questions(typed.words),
    )


def _result(one: Standing, stems: set[str]) -> Result:
    return Result(one.url, marked(one.hit.title, stems), excerpt(one.hit.text, stems), one.place)
