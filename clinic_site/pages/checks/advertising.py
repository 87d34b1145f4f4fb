"""Sentences that read like advertising, by the words they are made of. Pure, but for the file of weights.

Phrases find the claims that somebody thought of; free prose finds other words. So each word, without its
ending, each pair of neighbours, and each pair of families of words (a treatment and a betterment, without
a hedge) has a weight, learnt from examples of claims and of careful sentences
(logistic regression, `manage.py learn_advertising`). What they add up to is a likeness and no proof: it is
told as advice, and keeps nothing from going live.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

from clinic_site.pages.checks.tokens import Tokens

SHIPPED = Path(__file__).parent / "advertising.tsv"
WINDOW, STEP = 16, 4  # tokens looked at together: a long sentence has its claim in one part
LIKELY = -1.0  # a likeness that is told: rather one careful sentence too many than a claim too few
LIKELY_IF_EXCUSED = 1.0  # where a rule knows its words, and that they are denied, asked or studied
MOST = 400  # tokens: what runs on for longer is no sentence, and is looked at as far as this
FEWEST = 3  # tokens: a label of one or two words says too little
BEGIN, END, NUMBER = "^", "$", "0"
_ENDINGS = ("ically", "fully", "ment", "edly", "ing", "ies", "ied", "ed", "es", "ly", "er", "s")
# Families of words, by their beginnings without endings: what one member was seen to mean, the others may.
_FAMILIES = {
    "<treatment>": (
        "ims needle needling treatment therapy session visit method technique approach care program massage"
        " physio exercise hand team clinic we our us they"
    ),
    "<ail>": (
        "pain ache headache migraine sciatica stiffness knot tension spasm injury symptom whiplash arthritis"
        " bruise scar tingling numbness concussion"
    ),
    "<part>": (
        "back neck shoulder hip knee elbow heel foot spine arm leg body muscle nerve tendon joint disc jaw"
        " tissue hand head cuff hamstring calf"
    ),
    "<better>": (
        "heal mend fade melt lift clear settle vanish disappear dissolve erase ease release relax loosen free"
        " improve recover restore repair renew rebuild regain regrow strengthen open straighten quiet gone"
        " fix cure solve end stop beat calm soothe unwind reset correct boost speed accelerate promote enhance"
    ),
    "<hedge>": (
        "may might can could some sometimes often usually perhaps possible if depend not never unknown unsure"
        " unclear few little rare ask tell check"
    ),
    "<absolute>": (
        "always never every everyone everybody all complete total full forever good perfect zero no nothing"
        " any whatever countless"
    ),
    "<time>": (
        "fast quick soon rapid instant immediate minute moment hour day week fortnight night tomorrow tonight"
        " once"
    ),
    "<praise>": (
        "best top great amazing incredible remarkable expert master elite award trusted love miracle godsend"
        " wonderful beautiful gift secret"
    ),
}
_SCALE = 3.0  # how steeply likeness grows with the weights, the same for learning and judging


@dataclass(frozen=True)
class Weights:
    """What each sign counts: above 0 for advertising, below for careful words; `base` is where all begin."""

    base: float
    of: Mapping[str, float]

    def likeness(self, signs: frozenset[str]) -> float:
        """Above 0 where more speaks for advertising than against it."""
        total = sum(self.of.get(sign, 0.0) for sign in signs)
        return self.base + total * strength(signs)


def strength(signs: frozenset[str]) -> float:
    """How much each of these signs counts, so that a long text is not louder than a short one."""
    return _SCALE / math.sqrt(len(signs) or 1)


def stems_of(tokens: Tokens) -> list[str]:
    """Each of the first tokens without its ending; any number in figures is the same."""
    return [NUMBER if word[0].isdigit() else _stem(word) for word in tokens.words[:MOST]]


def signs_of(stems: Sequence[str], *, begins: bool = True, ends: bool = True) -> frozenset[str]:
    """The signs of a stretch: stems, neighbours and families in pairs; `begins`, `ends`: of its sentence."""
    around = [*([BEGIN] if begins else []), *stems, *([END] if ends else [])]
    families = sorted({name for stem in stems for name in _families().get(stem, ())})
    return frozenset(
        [
            *stems,
            *(f"{one} {next_one}" for one, next_one in pairwise(around)),
            *families,
            *map("".join, combinations(families, 2)),
        ]
    )


def advertising_in(tokens: Tokens, weights: Weights | None = None, *, least: float = LIKELY) -> str:
    """The words of a sentence that are most like advertising; "" where its likeness is not above `least`."""
    weigh = weights or shipped_weights()
    stems = stems_of(tokens)
    if len(stems) < FEWEST:
        return ""
    likest, start, end = max(
        (weigh.likeness(signs_of(stems[start:end], begins=not start, ends=end == len(stems))), -start, end)
        for start, end in _stretches(len(stems))
    )  # fmt: skip
    return _loudest(tokens, stems, (-start, end), weigh) if likest > least else ""


@cache
def shipped_weights() -> Weights:
    """The weights that come with the site."""
    return read_weights(SHIPPED.read_text(encoding="utf-8"))


def read_weights(text: str) -> Weights:
    """Weights from lines of a sign, a tab and its weight in hundredths; the sign of the first line is empty."""
    of = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            sign, _, hundredths = line.partition("\t")
            of[sign] = int(hundredths) / 100
    return Weights(of.pop(""), of)


@cache
def _families() -> Mapping[str, Sequence[str]]:
    """The families of each stem."""
    of = defaultdict(list)
    for name, words in _FAMILIES.items():
        for stem in dict.fromkeys(map(_stem, words.split())):
            of[stem].append(name)
    return of


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word.rstrip("e") if len(word) > 3 else word


def _stretches(length: int) -> Iterator[tuple[int, int]]:
    """The whole, and windows that overlap."""
    yield 0, length
    if length > WINDOW:
        for start in range(0, length - WINDOW + STEP, STEP):
            yield start, min(start + WINDOW, length)


def _loudest(tokens: Tokens, stems: Sequence[str], span: tuple[int, int], weights: Weights) -> str:
    """The words in a row that add most to the likeness of a stretch."""
    best, best_sum = span, 0.0
    start, total = span[0], 0.0
    for place in range(*span):
        pair = f"{stems[place - 1]} {stems[place]}" if place > start else ""
        total += weights.of.get(stems[place], 0.0) + weights.of.get(pair, 0.0)
        if total <= 0:
            start, total = place + 1, 0.0
        elif total > best_sum:
            best, best_sum = (start, place + 1), total
    return tokens.between(*best)
