"""Numbers that do not belong in an enquiry: health card, social insurance, payment card.

Only those that carry a right check digit count, so that phone numbers and dates seldom raise a warning.
"""

import re
from collections.abc import Sequence

from clinic_site.typed_text import normalised

HEALTH, INSURANCE, CARD = "health card number", "social insurance number", "payment card number"
RUN = re.compile(r"[0-9]+(?:[ \t./-]{1,2}[0-9]+)*")
HEALTH_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3)  # digits 2 to 9 of a BC personal health number
MOST_GROUPS = 5  # 19 digits in fours


def private_number_in(text: str) -> str:
    """What the first such number in the text looks like: HEALTH, INSURANCE or CARD; "" if there is none."""
    for run in RUN.findall(normalised("NFKC", text)):
        groups = re.findall(r"[0-9]+", run)
        for start in range(len(groups)):
            for end in range(start + 1, min(len(groups), start + MOST_GROUPS) + 1):
                if kind := kind_of(groups[start:end]):
                    return kind
    return ""


def kind_of(groups: Sequence[str]) -> str:
    """What digits in groups are, by how they are grouped, their length and check digit; "" for anything else."""
    digits, shortest = "".join(groups), min(map(len, groups))
    if len(digits) == 10 and shortest >= 3 and is_health_number(digits):
        return HEALTH
    if len(digits) == 9 and shortest >= 3 and passes_luhn(digits):
        return INSURANCE
    is_grouped_as_on_cards = all(len(group) >= 4 for group in groups[:-1])
    if 13 <= len(digits) <= 19 and is_grouped_as_on_cards and passes_luhn(digits):
        return CARD
    return ""


def is_health_number(digits: str) -> bool:
    """Whether ten digits make a BC personal health number: 9 first, the last one checks the others (modulo 11)."""
    total = sum(int(d) * weight % 11 for d, weight in zip(digits[1:9], HEALTH_WEIGHTS, strict=True))
    return digits[0] == "9" and 11 - total % 11 == int(digits[9])


def passes_luhn(digits: str) -> bool:
    """Whether the last digit checks the others by the Luhn formula; a row of one digit never does."""
    doubled = (int(d) * 2 for d in digits[-2::-2])
    total = sum(map(int, digits[-1::-2])) + sum(d - 9 if d > 9 else d for d in doubled)
    return total % 10 == 0 and len(set(digits)) > 1
