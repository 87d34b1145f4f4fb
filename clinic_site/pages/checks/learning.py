"""What each word weighs for advertising or against it, learnt from examples. Pure.

Logistic regression by AdaGrad, in an order that is mixed by a hash: the same examples make the same weights.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from clinic_site.pages.checks.advertising import Weights, signs_of, stems_of, strength
from clinic_site.pages.checks.tokens import tokens_of

ROUNDS = 12
RATE = 0.3
DECAY = 1e-4  # what keeps a word that was seen once from counting for much
LEAST = 0.05  # weights nearer to 0 are left out of the file


@dataclass(frozen=True)
class Example:
    """A sentence, whether it claims too much, and how much it counts beside the others."""

    text: str
    is_claim: bool
    share: float = 1.0


def learn(examples: Iterable[Example]) -> Weights:
    """The weights that tell these examples apart best."""
    seen = [(signs_of(stems_of(tokens_of(one.text))), one) for one in examples]
    weights: dict[str, float] = defaultdict(float)
    steps: dict[str, float] = defaultdict(float)  # how far each has moved: the further, the slower
    base = 0.0
    for number in range(ROUNDS):
        for signs, example in sorted(seen, key=partial(_place, number)):
            each = strength(signs)
            likeness = base + sum(weights[sign] for sign in signs) * each
            wrong = (_chance(likeness) - example.is_claim) * example.share
            base -= RATE / 10 * wrong
            for sign in signs:
                slope = wrong * each + DECAY * weights[sign]
                steps[sign] += slope * slope
                weights[sign] -= RATE * slope / math.sqrt(steps[sign] + 1e-6)
    return Weights(base, {sign: weight for sign, weight in weights.items() if abs(weight) >= LEAST})


def written(weights: Weights, remarks: Sequence[str]) -> str:
    """Weights as the file that `read_weights` reads, with remarks at its head."""
    lines = [f"# {remark}" for remark in remarks]
    lines.append(f"\t{round(weights.base * 100)}")
    lines += [f"{sign}\t{round(weights.of[sign] * 100)}" for sign in sorted(weights.of)]
    return "\n".join(lines) + "\n"


def _place(number: int, one: tuple[frozenset[str], Example]) -> str:
    """Where a sentence stands in a round: mixed, another way in each, and the same each time."""
    return sha256(f"{number} {one[1].text}".encode()).hexdigest()


def _chance(likeness: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, likeness))))
