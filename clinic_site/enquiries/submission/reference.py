"""The reference that a patient writes down or reads out: two groups of four signs, as in K7WM-4TXR.

No sign looks or sounds like another (no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowel, so no word can appear.
18 signs in 8 places make 11,000 million references; the database keeps them unique.
"""

import secrets

SIGNS = "3479CDFHJKMNPRTWXY"
GROUP = 4


def new_reference() -> str:
    """A reference drawn at random."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(2 * GROUP))
    return f"{drawn[:GROUP]}-{drawn[GROUP:]}"
