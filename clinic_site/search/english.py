"""English words that are no slip: what spelling help never replaces. Pure.

english_words.txt is the small Canadian list of SCOWL (its terms stand at its head), words of 4 to 15 letters.
"""

from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "english_words.txt"


def is_english(word: str) -> bool:
    """Whether a word, in small letters, is plain English."""
    return f"\n{word}\n" in _words()


@cache
def _words() -> str:
    """One text, as a set of so many words would take ten times the memory; it is asked of a few words at most."""
    return LIST.read_text(encoding="utf-8")
