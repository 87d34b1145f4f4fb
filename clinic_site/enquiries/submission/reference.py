"""The reference that a patient writes down or reads out: two groups of four signs, as in K7WM-4TXR.

No sign looks or sounds like another (no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowel, so no word can appear.
18 signs in 8 places make 11,000 million references; the database keeps them unique.
"""

import secrets

SIGNS = "3479CDFHJKMNPRTWXY"
GROUP = 4
# Signs that no reference has, with those they are taken for; and pairs that sound alike on the phone
TAKEN_FOR = {
    **dict.fromkeys("0OQ", "DC"),
    **dict.fromkeys("1IL", "J7T"),
    **dict.fromkeys("2Z", "7"),
    **dict.fromkeys("5S", "3F"),
    **dict.fromkeys("UV", "WY"),
    "8": "3",
    "B": "3DP",
    "6": "C",
    "G": "C9",
    "A": "4",
    "E": "3F",
}
ALIKE = {"M": "MN", "N": "NM", "D": "DT", "T": "TD", "F": "FX", "X": "XF", "C": "C", "P": "P"}


def new_reference() -> str:
    """A reference drawn at random."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(2 * GROUP))
    return f"{drawn[:GROUP]}-{drawn[GROUP:]}"


def may_mean(sign: str) -> str:
    """The signs that one may stand for which was misread or misheard; "" for none."""
    return TAKEN_FOR.get(sign) or ALIKE.get(sign) or (sign if sign in SIGNS else "")
